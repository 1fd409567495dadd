"""What must always be true of disputes, and of money that waits again.

Each function returns the rows that break it. Its docstring's first line is what the doctor says.
"""

from __future__ import annotations

from collections import Counter

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.invariant import Broken
from creatorhub.ledger.models import Account, JournalEntry
from creatorhub.sales.models import Dispute, Hold, Rehold, SaleFreeze, SaleLine

State = Dispute.State


def money_in_review_of_no_dispute() -> list[Broken]:
    """What the book has in review is what open disputes took."""
    taken: Counter[str] = Counter()
    rows = Dispute.objects.filter(taken_at__isnull=False, closed_at=None)
    for currency, minor in rows.values_list("currency", "amount_minor"):
        taken[currency] += minor
    book = dict(
        Account.objects.filter(name="disputes_in_review").values_list("currency", "balance_minor")
    )
    return [
        Broken(f"disputes {code}", f"{book.get(code, 0)} in review, {taken[code]} disputed")
        for code in sorted(book.keys() | taken.keys())
        if book.get(code, 0) != taken[code]
    ]


def disputes_without_their_entries() -> list[Broken]:
    """A dispute has the entries of what happened to it, each once, and no other."""
    expected: set[str] = set()
    for dispute in Dispute.objects.exclude(taken_at=None):
        expected.add(f"dispute_taken:{dispute.pk}")
        if not dispute.is_open:
            what = "lost" if dispute.state == State.LOST else "won"
            expected.add(f"dispute_{what}:{dispute.pk}")
    expected |= {f"rehold:{pk}" for pk in Rehold.objects.values_list("pk", flat=True)}
    written = JournalEntry.objects.filter(
        kind__in=("dispute_taken", "dispute_won", "dispute_lost", "rehold")
    ).values_list("idempotency_key", flat=True)
    return [
        Broken(f"entry {key}", "is missing" if key in expected else "is of nothing that happened")
        for key in sorted(expected ^ set(written))
    ]


def disputes_in_two_minds() -> list[Broken]:
    """A dispute ends once it was decided, loses only what it took, and reverses nothing else."""
    ended = Q(state__in=(State.WON, State.LOST, State.WITHDRAWN))
    wrong = Q(ended, closed_at=None) | Q(~ended, closed_at__isnull=False)
    wrong |= Q(state=State.LOST, taken_at=None)
    broken = [
        Broken(f"dispute {row.pk}", f"is {row.state}, taken {row.taken_at}, closed {row.closed_at}")
        for row in Dispute.objects.filter(wrong).order_by("pk")
    ]
    sums = Dispute.objects.annotate(
        disputed=Coalesce(Sum("lines__disputed_minor"), 0),
        given=Coalesce(Sum("lines__refunded_minor"), 0),
    )
    too_much = Q(disputed__gt=F("amount_minor")) | Q(given__gt=F("amount_minor"))
    too_much |= Q(given__gt=0) & ~Q(state=State.LOST)
    return broken + [
        Broken(f"dispute {row.pk}", f"{row.amount_minor}, of lines {row.disputed}, {row.given}")
        for row in sums.filter(too_much).order_by("pk")
    ]


def disputed_money_that_does_not_wait() -> list[Broken]:
    """While a dispute or a freeze is open, every line it is about has a hold that says so."""
    held = Hold.objects.filter(sale_line=OuterRef("pk"), closed_at=None)
    lines = SaleLine.objects.filter(refunded_minor__lt=F("base_minor"))
    disputed = lines.filter(
        ~Exists(held.filter(reason_code__in=("dispute", "dispute_inquiry"))),
        Exists(Dispute.objects.filter(order=OuterRef("sale__order"), closed_at=None)),
    )
    frozen = lines.filter(
        Exists(SaleFreeze.objects.filter(sale=OuterRef("sale"), closed_at=None)),
        ~Exists(
            held.filter(
                reason_code__in=SaleFreeze.objects.filter(
                    sale=OuterRef("sale_line__sale"), closed_at=None
                ).values("reason_code")
            )
        ),
    )
    return [
        Broken(f"sale line {row.pk}", "is disputed or frozen, and does not wait")
        for row in (disputed | frozen).order_by("pk")
    ]


def commissions_that_wait_for_no_reason() -> list[Broken]:
    """A commission that was taken back to held has an open hold, though its shop was paid."""
    held = Hold.objects.filter(sale_line=OuterRef("pk"), closed_at=None)
    rows = pending_commissions().filter(~Exists(held), refunded_minor__lt=F("base_minor"))
    return [Broken(f"sale line {row.pk}", "its commission waits") for row in rows.order_by("pk")]


def pending_commissions() -> QuerySet[SaleLine]:
    """Released lines whose affiliate's share was taken back to held."""
    return SaleLine.objects.filter(
        released_at__isnull=False,
        order_line__attribution__commission__state=Commission.State.PENDING,
    )


def expected_releases_again(written: set[str]) -> set[str]:
    """The entries of lines released after they waited again, given those that are written.

    The newest must be there once everything of the line is released; what came between a line's
    reholds may be, since one share can be reheld twice before the other is released.
    """
    waits = pending_commissions().filter(pk=OuterRef("pk"))
    rows = SaleLine.objects.annotate(times=Count("reholds"), waits=Exists(waits)).filter(
        times__gt=0
    )
    expected = set()
    for line in rows:
        keys = [f"release:line:{line.pk}:{number + 1}" for number in range(line.times)]
        is_out = line.released_at is not None and not line.waits and not line.is_refunded
        expected |= {key for key in keys if key in written}
        expected |= {keys[-1]} if is_out else set()
    return expected


def expected_first_releases() -> set[str]:
    """The first release of lines that wait again for their shop, and so look unreleased."""
    rows = SaleLine.objects.filter(released_at=None, reholds__isnull=False).distinct()
    return {f"release:line:{pk}" for pk in rows.values_list("pk", flat=True)}
