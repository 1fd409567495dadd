"""The far side's money: who has how much, available now or pending."""

from __future__ import annotations

from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World

PLATFORM = ""
"""Whose balance: the platform's own, or an account's id."""

THREE_DECIMALS = {"bhd", "jod", "kwd", "omr", "tnd"}
SMALLEST_CHARGE = {"usd": 50, "eur": 50, "gbp": 30, "aed": 200, "jpy": 50}


def move(
    world: World,
    *,
    owner: str,
    currency: str,
    amount: int,
    kind: str,
    source: str,
    fee: int = 0,
    is_available: bool = True,
) -> str:
    """Write a balance transaction and return its id. `amount` may be negative."""
    status = "available" if is_available else "pending"
    made: Object = {
        "id": world.new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": world.now(),
        "balance_type": "payments",
        "created": world.now(),
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": _fee_details(fee, currency),
        "net": amount - fee,
        "reporting_category": kind,
        "source": source,
        "status": status,
        "type": kind,
        "_owner": owner,
    }
    place = (owner, currency, status)
    world.balances[place] = world.balances.get(place, 0) + amount - fee
    return str(world.keep(made)["id"])


def _fee_details(fee: int, currency: str) -> list[Object]:
    detail = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    return [detail] if fee else []


def held(world: World, *, owner: str, currency: str, status: str = "") -> int:
    """What an owner has; available and pending together unless one is named."""
    return sum(
        minor
        for (whose, unit, state), minor in world.balances.items()
        if (whose, unit) == (owner, currency) and status in ("", state)
    )


def settle(world: World) -> None:
    """A few days later: whatever was pending is available."""
    for (owner, currency, status), minor in list(world.balances.items()):
        if status == "pending":
            place = (owner, currency, "available")
            world.balances[place] = world.balances.get(place, 0) + minor
            world.balances[owner, currency, status] = 0
    for movement in world.all_of("balance_transaction"):
        movement["status"] = "available"


def amount_of(text: str, currency: str, *, is_charge: bool = False) -> int:
    """A positive amount this currency can be moved in; refused otherwise.

    Whether the words are Stripe's own for three-decimal currencies could not be verified: never
    assert on them.
    """
    minor = int(text)
    if minor < 1:
        raise invalid("This value must be greater than or equal to 1.", param="amount")
    if currency in THREE_DECIMALS and minor % 10:
        raise invalid("The last digit of this amount must be 0.", param="amount")
    if is_charge and minor < SMALLEST_CHARGE.get(currency, 1):
        raise invalid("Amount must be at least the minimum.", code="amount_too_small")
    return minor
