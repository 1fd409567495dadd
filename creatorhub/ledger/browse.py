"""Looking through the whole book: the chart, one account a page at a time, one entry.

Pages go by the key of their last row, never by a row count, so that the millionth posting is
found as fast as the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Min, QuerySet, Sum

from creatorhub.ledger.chart import CHART
from creatorhub.ledger.models import Account, JournalEntry, Posting
from creatorhub.money import Money

PAGE = 50
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class ChartRow:
    """All accounts of one name in one currency, on their normal side."""

    name: str
    kind: Account.Kind
    accounts: int
    balance: Money


@dataclass(frozen=True, slots=True)
class Proof:
    """What stands on the debit side and on the credit side of the whole book."""

    debits: Money
    credits: Money

    @property
    def difference(self) -> Money:
        return self.debits - self.credits


@dataclass(frozen=True, slots=True)
class Filter:
    """Which postings of an account. `reference` is an entry's; `owner` takes part in the entry."""

    first_on: dt.date | None = None
    last_on: dt.date | None = None
    kind: str = ""
    reference: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """One page, newest first. `older` and `newer` are the keys of the pages beside it."""

    rows: list[Posting]
    older: int | None
    newer: int | None


def currencies() -> list[str]:
    """Every currency the book has, the one with most accounts first."""
    rows = Account.objects.order_by().values_list("currency").annotate(count=Count("pk"))
    return [currency for currency, _count in sorted(rows, key=lambda row: (-row[1], row[0]))]


def chart(currency: str) -> list[ChartRow]:
    """The chart of accounts in the chart's own order, with what each name comes to."""
    rows = (
        Account.objects.filter(currency=currency)
        .order_by()
        .values_list("name")
        .annotate(accounts=Count("pk"), minor=Sum("balance_minor"))
    )
    found = {name: (accounts, minor) for name, accounts, minor in rows}
    return [
        ChartRow(name, kind, found[name][0], Money(found[name][1], currency))
        for name, kind in CHART.items()
        if name in found
    ]


def proof(rows: list[ChartRow], currency: str) -> Proof:
    """Both sides of the book: assets and expenses against liabilities and income."""
    on_debit = (Account.Kind.ASSET, Account.Kind.EXPENSE)
    debits = (row.balance for row in rows if row.kind in on_debit)
    credits = (row.balance for row in rows if row.kind not in on_debit)
    return Proof(Money.total(debits, currency), Money.total(credits, currency))


def accounts_named(name: str, currency: str) -> QuerySet[Account]:
    """The accounts behind one row of the chart, the fullest first."""
    return Account.objects.filter(name=name, currency=currency).order_by("-balance_minor", "pk")


def slice_of(
    account: Account,
    wanted: Filter,
    *,
    before: int | None = None,
    after: int | None = None,
    size: int = PAGE,
) -> Slice:
    """The newest postings, or those just older than `before`, or just newer than `after`."""
    rows = _matching(account, wanted).select_related("entry", "account")
    if after is not None:
        found = list(rows.filter(pk__gt=after).order_by("pk")[: size + 1])
        shown = found[:size][::-1]
        return Slice(shown, shown[-1].pk if shown else None, _key(shown, 0, len(found) > size))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    shown = found[:size]
    return Slice(shown, _key(shown, -1, len(found) > size), _key(shown, 0, before is not None))


def every_posting(account: Account, wanted: Filter) -> Iterator[Posting]:
    """All of them, oldest first, never more than a few in memory."""
    rows = _matching(account, wanted).select_related("entry", "account").order_by("pk")
    return rows.iterator(chunk_size=CHUNK)


def kinds_of_entries() -> list[str]:
    """Every kind of entry there is. Jumps along the index: a handful of looks, not all rows."""
    kinds: list[str] = []
    kind = _next_kind("")
    while kind:
        kinds.append(kind)
        kind = _next_kind(kind)
    return kinds


def entries_in_full() -> QuerySet[JournalEntry]:
    """Entries with both sides, what they reverse and what reversed them."""
    return JournalEntry.objects.select_related("reverses", "journalentry").prefetch_related(
        "postings__account"
    )


def _next_kind(kind: str) -> str | None:
    rows = JournalEntry.objects.filter(kind__gt=kind).order_by("kind")
    return rows.values_list("kind", flat=True).first()


def _key(rows: list[Posting], place: int, is_wanted: bool) -> int | None:
    return rows[place].pk if rows and is_wanted else None


def _matching(account: Account, wanted: Filter) -> QuerySet[Posting]:
    rows = Posting.objects.filter(account=account)
    if wanted.reference:
        rows = rows.filter(entry__reference=wanted.reference)
    if wanted.kind:
        rows = rows.filter(entry__kind=wanted.kind)
    if wanted.owner:
        owned = list(Account.objects.filter(owner=wanted.owner).values_list("pk", flat=True))
        theirs = Posting.objects.filter(account__in=owned).order_by().values("entry")
        rows = rows.filter(entry__in=theirs)
    if wanted.first_on or wanted.last_on:
        rows = _within(rows, wanted)
    return rows


def _within(rows: QuerySet[Posting], wanted: Filter) -> QuerySet[Posting]:
    """By day. Entries are numbered in the order of time but for a few: the first and last number
    narrow the search to a range of keys, the days themselves decide."""
    entries = JournalEntry.objects.all()
    if wanted.first_on:
        start = dt.datetime.combine(wanted.first_on, dt.time.min, tzinfo=dt.UTC)
        entries = entries.filter(occurred_at__gte=start)
        rows = rows.filter(entry__occurred_at__gte=start)
    if wanted.last_on:
        end = dt.datetime.combine(wanted.last_on, dt.time.max, tzinfo=dt.UTC)
        entries = entries.filter(occurred_at__lte=end)
        rows = rows.filter(entry__occurred_at__lte=end)
    ends = entries.order_by().aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return rows.none()
    return rows.filter(entry_id__gte=ends["first"], entry_id__lte=ends["last"])
