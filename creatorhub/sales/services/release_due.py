"""Holds end, and money becomes payable."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now
from creatorhub.sales.holds import close_holds
from creatorhub.sales.models import Hold, Sale, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.reholds import release_line
from creatorhub.sales.sweeps import sweep


def release_due(*, limit: int = 500) -> int:
    """Release every line whose holds have all ended; returns how many were released."""
    due = [
        *_due_lines().order_by("pk").values_list("pk", "sale_id")[:limit],
        *_due_commissions().order_by("pk").values_list("pk", "sale_id").distinct()[:limit],
    ]
    return sweep("release line", due, lambda pair: _release(*pair))


def _due_lines() -> QuerySet[SaleLine]:
    """Not released, not wholly given back, and nothing open that still runs."""
    return SaleLine.objects.filter(
        ~Exists(_running()), released_at=None, refunded_minor__lt=F("base_minor")
    )


def _due_commissions() -> QuerySet[SaleLine]:
    """Their shop was paid, and their affiliate's share alone was taken back to held."""
    return SaleLine.objects.filter(
        ~Exists(_running()),
        reholds__isnull=False,
        released_at__isnull=False,
        refunded_minor__lt=F("base_minor"),
        order_line__attribution__commission__state=Commission.State.PENDING,
    )


def _running() -> QuerySet[Hold]:
    return Hold.objects.filter(sale_line=OuterRef("pk"), closed_at=None).filter(
        Q(ends_by_clock=False) | Q(expected_until__gt=now())
    )


@transaction.atomic(durable=True)
def _release(line_id: int, sale_id: int) -> bool:
    """What is left of a line's net and commission moves from held to payable."""
    Sale.objects.select_for_update().get(pk=sale_id)
    line = _one(_due_lines(), line_id) or _one(_due_commissions(), line_id)
    if line is None:
        return False
    close_holds(line=line, outcome="time_passed")
    (shared,) = shared_by([line])
    release_line(shared=shared)
    return True


def _one(due: QuerySet[SaleLine], line_id: int) -> SaleLine | None:
    rows = due.filter(pk=line_id).select_related("sale__order", "sale__shop__owner", "order_line")
    return rows.first()
