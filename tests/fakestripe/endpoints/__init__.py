"""What the far side can do: one file a kind of object, one function a route."""

from tests.fakestripe.endpoints import (
    accounts,
    balance,
    charges,
    checkout,
    disputes,
    payouts,
    refunds,
    reversals,
    transfers,
)

__all__ = [
    "accounts",
    "balance",
    "charges",
    "checkout",
    "disputes",
    "payouts",
    "refunds",
    "reversals",
    "transfers",
]
