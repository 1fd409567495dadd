"""Money of the worked examples, through the real service."""

from __future__ import annotations

from creatorhub.ledger.entry import AccountRef, EntryLine, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money

PROCESSOR = AccountRef("processor_balance")
FEES = AccountRef("platform_fees")


def held(owner: str) -> AccountRef:
    return AccountRef("payee_held", owner)


def payable(owner: str) -> AccountRef:
    return AccountRef("payee_payable", owner)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def a_sale(*, key: str, owner: str = "1", net: int = 900, fee: int = 100) -> JournalEntry:
    """A paid sale: the buyer's money in, the seller's share held, the rest ours."""
    lines = [
        debit(PROCESSOR, usd(net + fee)),
        credit(held(owner), usd(net), kind="sale_share", order=key),
        credit(FEES, usd(fee)),
    ]
    return post(key=key, lines=lines, kind="sale")


def a_release(*, key: str, owner: str = "1", amount: Money) -> JournalEntry:
    """What was held becomes payable."""
    lines = [
        debit(held(owner), amount, kind="release", order=key),
        credit(payable(owner), amount, kind="release", order=key),
    ]
    return post(key=key, lines=lines, kind="release")


def post(*, key: str, lines: list[EntryLine], kind: str = "sale") -> JournalEntry:
    return post_entry(kind=kind, reference=f"order:{key}", idempotency_key=key, lines=lines)
