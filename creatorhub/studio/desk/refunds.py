"""What staff have to do about money that should go back."""

from __future__ import annotations

from django.db.models import QuerySet

from creatorhub.sales.models import Refund, RefundRequest, ReturnedPayment

DECIDED_SHOWN = 20


def escalated_requests() -> QuerySet[RefundRequest]:
    """Buyers and shops who do not agree, or shops that did not answer; soonest promise first."""
    return _requests().filter(state=RefundRequest.State.ESCALATED).order_by("decide_by", "pk")


def decided_requests() -> QuerySet[RefundRequest]:
    """What staff decided lately."""
    rows = _requests().exclude(decided_at=None).order_by("-decided_at")
    return rows[:DECIDED_SHOWN]


def seen_requests() -> QuerySet[RefundRequest]:
    """Any request that was ever brought to staff."""
    return _requests().exclude(escalated_at=None)


def failed_refunds() -> QuerySet[Refund]:
    """Refunds that did not arrive and were not made good, longest waiting first."""
    return (
        Refund.objects.filter(state=Refund.State.FAILED, repeated_by=None)
        .select_related("sale__shop", "sale__order__checkout")
        .prefetch_related("lines__sale_line")
        .order_by("pk")
    )


def failed_returns() -> QuerySet[ReturnedPayment]:
    """Payments without a sale that could not go back, longest waiting first."""
    return (
        ReturnedPayment.objects.filter(state=Refund.State.FAILED)
        .select_related("checkout__order")
        .order_by("pk")
    )


def count_refunds() -> int:
    """How much waits here."""
    return escalated_requests().count() + failed_refunds().count() + failed_returns().count()


def _requests() -> QuerySet[RefundRequest]:
    rows = RefundRequest.objects.select_related(
        "sale__shop", "sale__order__checkout", "refund", "decided_by"
    )
    return rows.prefetch_related("lines__sale_line__sale")
