"""What every payout rail can do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from creatorhub.foundation.reasons import Words
from creatorhub.money import Money
from creatorhub.payouts.models import Payee


class RailTimeoutError(Exception):
    """Nobody knows whether the money left. It is looked up before anything is tried again."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the far side says became of a payout. A failed one carries its reason code."""

    state: Literal["paid", "failed"]
    reference: str
    reason_code: str = ""


class Rail(Protocol):
    """One way to pay. `key` names the payout for ever: the same key never pays twice."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> Words: ...

    def is_ready(self, payee: Payee) -> bool:
        """Whether this payee can be paid this way now."""
        ...

    def find(self, *, key: str) -> Transfer | None:
        """What the far side knows of this key; None when it never heard of it."""
        ...

    def send(self, *, key: str, amount: Money, destination: str) -> Transfer:
        """Pay; RailTimeoutError when the answer never came."""
        ...
