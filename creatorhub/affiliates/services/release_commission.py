"""When a commission becomes its affiliate's own."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from oscar.apps.order.models import Line

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now


@transaction.atomic
def release_commission(*, order_line: Line) -> Commission | None:
    """The line's holds have ended: what is left of its commission belongs to the affiliate."""
    commission = lock_commission(order_line)
    if commission is not None and commission.state == Commission.State.PENDING:
        commission.state, commission.released_at = Commission.State.APPROVED, now()
        commission.save(update_fields=["state", "released_at"])
    return commission


@transaction.atomic
def postpone_commission(*, order_line: Line, expected_on: dt.date) -> None:
    """The line's release date became known or moved, e.g. because it was sent."""
    Commission.objects.filter(
        attribution__order_line=order_line, state=Commission.State.PENDING
    ).update(expected_on=expected_on)


def lock_commission(order_line: Line) -> Commission | None:
    """A line's commission, locked until the transaction ends; None when it earned nobody one."""
    return Commission.objects.select_for_update().filter(attribution__order_line=order_line).first()
