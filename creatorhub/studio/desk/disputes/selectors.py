"""Disputes as staff read them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, QuerySet

from creatorhub.foundation.models import AuditEntry
from creatorhub.money import Money
from creatorhub.sales.models import Dispute, DisputeLine, SaleLine

ACTIONS = "dispute."


@dataclass(frozen=True, slots=True)
class LineInDispute:
    """One line of the order: what the dispute takes of it, and what it has lost."""

    line: SaleLine
    disputed: Money
    lost: Money


def open_disputes() -> QuerySet[Dispute]:
    """What is not decided, whoever must answer soonest first."""
    rows = Dispute.objects.filter(closed_at=None).select_related("order__checkout")
    return rows.prefetch_related("order__sales__shop").order_by(
        F("due_by").asc(nulls_last=True), "pk"
    )


def decided_disputes() -> QuerySet[Dispute]:
    """What banks decided, newest first."""
    rows = Dispute.objects.exclude(closed_at=None).select_related("order__checkout")
    return rows.prefetch_related("order__sales__shop").order_by("-closed_at", "-pk")


def waiting_for_us() -> int:
    """How many disputes wait for our answer."""
    states = (Dispute.State.INQUIRY, Dispute.State.NEEDS_RESPONSE)
    return Dispute.objects.filter(state__in=states, answered_at=None).count()


def lines_of(dispute: Dispute) -> list[LineInDispute]:
    """Every line of the order, with its part of the dispute."""
    parts: dict[int, DisputeLine] = {row.sale_line_id: row for row in dispute.lines.all()}
    rows = SaleLine.objects.filter(sale__order=dispute.order_id).select_related("sale__shop")
    return [_line(line, parts.get(line.pk)) for line in rows.order_by("sale", "pk")]


def history_of(dispute: Dispute) -> list[AuditEntry]:
    """Who did what about it, oldest first."""
    rows = AuditEntry.objects.filter(
        subject=f"order:{dispute.order.number}", action__startswith=ACTIONS
    ).select_related("actor")
    return [row for row in rows.order_by("id") if row.details.get("dispute") == dispute.pk]


def _line(line: SaleLine, part: DisputeLine | None) -> LineInDispute:
    currency = line.sale.currency
    return LineInDispute(
        line,
        Money(part.disputed_minor if part else 0, currency),
        Money(part.refunded_minor if part else 0, currency),
    )
