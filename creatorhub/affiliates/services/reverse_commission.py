"""A line's commission follows its refund, and comes back when the refund did not arrive."""

from __future__ import annotations

from django.db import transaction
from oscar.apps.order.models import Line

from creatorhub.affiliates.models import Commission, CommissionAdjustment
from creatorhub.affiliates.services.release_commission import lock_commission
from creatorhub.foundation.clock import now
from creatorhub.money import Money


@transaction.atomic
def reverse_commission(
    *, order_line: Line, refund_source: str, target_reversed: Money, reason_code: str
) -> Money | None:
    """Raise what is reversed of a line's commission to `target_reversed`, in all.

    Returns how much this call reversed; None when the line earned no commission. The same
    `refund_source` twice reverses once; a target above the commission is capped at it.
    """
    commission = lock_commission(order_line)
    if commission is None:
        return None
    target = min(target_reversed, commission.amount)
    delta = target - Money(commission.reversed_minor, commission.currency)
    is_repeated = commission.adjustments.filter(kind="refund", source=refund_source).exists()
    if is_repeated or delta <= Money.zero(commission.currency):
        return Money.zero(commission.currency)
    CommissionAdjustment.objects.create(
        commission=commission,
        kind="refund",
        source=refund_source,
        delta_minor=-delta.minor,
        reason_code=reason_code,
        created_at=now(),
    )
    commission.reversed_minor = target.minor
    if target == commission.amount:
        commission.state = Commission.State.VOIDED
    commission.save(update_fields=["reversed_minor", "state"])
    return delta


@transaction.atomic
def restore_commission(*, order_line: Line, refund_source: str, target_reversed: Money) -> None:
    """A refund did not reach the buyer: lower what is reversed to `target_reversed`, in all.

    The same `refund_source` twice restores once.
    """
    commission = lock_commission(order_line)
    if commission is None:
        return
    delta = Money(commission.reversed_minor, commission.currency) - target_reversed
    is_repeated = commission.adjustments.filter(kind="restored", source=refund_source).exists()
    if is_repeated or delta <= Money.zero(commission.currency):
        return
    CommissionAdjustment.objects.create(
        commission=commission,
        kind="restored",
        source=refund_source,
        delta_minor=delta.minor,
        reason_code="refund_failed",
        created_at=now(),
    )
    commission.reversed_minor = target_reversed.minor
    is_released = commission.released_at is not None
    commission.state = Commission.State.APPROVED if is_released else Commission.State.PENDING
    commission.save(update_fields=["reversed_minor", "state"])
