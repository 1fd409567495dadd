"""Holds end, and money becomes payable."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from creatorhub.affiliates.services import release_commission
from creatorhub.foundation.clock import now
from creatorhub.sales.entries import post_release
from creatorhub.sales.holds import close_holds
from creatorhub.sales.models import Hold, Sale, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.sweeps import sweep


def release_due(*, limit: int = 500) -> int:
    """Release every line whose holds have all ended; returns how many were released."""
    due = _due_lines().order_by("pk").values_list("pk", "sale_id")[:limit]
    return sweep("release line", list(due), lambda pair: _release(*pair))


def _due_lines() -> QuerySet[SaleLine]:
    """Not released, not wholly given back, and nothing open that still runs."""
    running = Hold.objects.filter(sale_line=OuterRef("pk"), closed_at=None).filter(
        Q(ends_by_clock=False) | Q(expected_until__gt=now())
    )
    return SaleLine.objects.filter(
        ~Exists(running), released_at=None, refunded_minor__lt=F("base_minor")
    )


@transaction.atomic(durable=True)
def _release(line_id: int, sale_id: int) -> bool:
    """What is left of a line's net and commission moves from held to payable."""
    Sale.objects.select_for_update().get(pk=sale_id)
    line = (
        _due_lines()
        .filter(pk=line_id)
        .select_related("sale__order", "sale__shop__owner", "order_line")
        .first()
    )
    if line is None:
        return False
    close_holds(line=line, outcome="time_passed")
    (shared,) = shared_by([line])
    post_release(shared=shared)
    if shared.commission is not None:
        release_commission(order_line=line.item)
    line.released_at = now()
    line.save(update_fields=["released_at"])
    return True
