"""What an entry is made of before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from creatorhub.ledger.chart import CHART, OWNED
from creatorhub.ledger.errors import UnknownAccountError
from creatorhub.ledger.models import Account
from creatorhub.money import Money

Side = Literal["debit", "credit"]


@dataclass(frozen=True, slots=True)
class AccountRef:
    """An account by its name in the chart and, for accounts of payees, its owner."""

    name: str
    owner: str = ""

    def __post_init__(self) -> None:
        if self.name not in CHART:
            raise UnknownAccountError(f"the chart has no account {self.name!r}")
        if bool(self.owner) != (self.name in OWNED):
            raise UnknownAccountError(f"{self.name!r} with owner {self.owner!r}")

    @property
    def code(self) -> str:
        return f"{self.name}:{self.owner}" if self.owner else self.name

    @property
    def kind(self) -> Account.Kind:
        return CHART[self.name]


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One side of an entry. `amount` is positive; `explanation` says kind and parameters."""

    account: AccountRef
    side: Side
    amount: Money
    explanation: dict[str, Any] = field(default_factory=dict)

    @property
    def signed_minor(self) -> int:
        """Debits positive, credits negative."""
        return self.amount.minor if self.side == "debit" else -self.amount.minor


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is not in the book yet."""

    kind: str
    reference: str
    idempotency_key: str
    lines: Sequence[EntryLine]


def debit(account: AccountRef, amount: Money, **explanation: Any) -> EntryLine:
    return EntryLine(account, "debit", amount, explanation)


def credit(account: AccountRef, amount: Money, **explanation: Any) -> EntryLine:
    return EntryLine(account, "credit", amount, explanation)
