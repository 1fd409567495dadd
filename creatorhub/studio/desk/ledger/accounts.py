"""The chart of one currency, and accounts with their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from creatorhub.ledger import browse
from creatorhub.ledger.browse import ChartRow, Proof
from creatorhub.ledger.chart import OWNED
from creatorhub.ledger.models import Account, JournalEntry, Posting
from creatorhub.money import Money
from creatorhub.studio.desk.ledger.words import KINDS, account_name, account_title, names_of
from creatorhub.studio.money.sentences import Sentence, sentence_of


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One row of the chart: a single account, or all accounts of one name."""

    row: ChartRow
    name: str
    account: Account | None


@dataclass(frozen=True, slots=True)
class ChartPart:
    """Assets, liabilities, income or expenses with their sum."""

    title: str
    lines: list[ChartLine]
    total: Money


@dataclass(frozen=True, slots=True)
class Chart:
    currency: str
    parts: list[ChartPart]
    proof: Proof


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One side of an entry, as a row."""

    posting: Posting
    sentence: Sentence
    amount: Money
    title: str = ""

    @property
    def is_debit(self) -> bool:
        return self.posting.side == Posting.Side.DEBIT


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry with both its sides, and what it undid or was undone by."""

    entry: JournalEntry
    rows: list[PostingRow]
    total: Money
    reverses: JournalEntry | None
    reversed_by: JournalEntry | None

    @property
    def order(self) -> str:
        kind, _, number = self.entry.reference.partition(":")
        return number if kind == "order" else ""

    @property
    def payout(self) -> str:
        kind, _, number = self.entry.reference.partition(":")
        return number if kind == "payout" else ""


def chart_of(currency: str) -> Chart:
    """The chart with its sums; both sides of the book are equal, or something is broken."""
    rows = browse.chart(currency)
    single = {
        account.name: account
        for account in Account.objects.filter(currency=currency).exclude(name__in=OWNED)
    }
    parts = [
        _part(kind, [row for row in rows if row.kind == kind], single, currency)
        for kind in Account.Kind
    ]
    return Chart(currency, [part for part in parts if part.lines], browse.proof(rows, currency))


def rows_of(postings: Iterable[Posting]) -> list[PostingRow]:
    """Postings with their sentences as staff read them, and their accounts by name."""
    found = list(postings)
    names = names_of({posting.account.owner for posting in found})
    return [
        PostingRow(
            posting,
            sentence_of(posting, for_staff=True),
            Money(posting.amount_minor, posting.account.currency),
            account_title(posting.account, names),
        )
        for posting in found
    ]


def entry_view(entry: JournalEntry) -> EntryView:
    """Both sides of an entry, debits first."""
    postings = sorted(entry.postings.all(), key=lambda row: (row.side == "credit", row.pk))
    rows = rows_of(postings)
    currency = postings[0].account.currency
    total = Money.total((row.amount for row in rows if row.is_debit), currency)
    undone: JournalEntry | None = getattr(entry, "journalentry", None)
    return EntryView(entry, rows, total, entry.reverses, undone)


def _part(
    kind: Account.Kind, rows: list[ChartRow], single: dict[str, Account], currency: str
) -> ChartPart:
    lines = [ChartLine(row, account_name(row.name), single.get(row.name)) for row in rows]
    total = Money.total((row.balance for row in rows), currency)
    return ChartPart(str(KINDS[kind]), lines, total)
