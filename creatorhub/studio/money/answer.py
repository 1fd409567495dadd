"""The form of an answer: four sentences about one amount."""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.foundation.reasons import UnknownReasonError, reason
from creatorhub.money import Money
from creatorhub.payouts.models import Payout


@dataclass(frozen=True, slots=True)
class Answer:
    """One amount with its four answers, in sentences."""

    amount: Money
    where: str
    why: str
    when: str
    who: str
    payout: Payout | None = None


def why_of(code: str) -> str:
    """A reason with what ends it."""
    try:
        found = reason(code)
    except UnknownReasonError:
        return ""
    return f"{found.text} {found.ends}"
