"""A commission that was let go, and not paid out yet, waits again."""

from __future__ import annotations

from django.db import transaction
from oscar.apps.order.models import Line

from creatorhub.affiliates.models import Commission
from creatorhub.affiliates.services.release_commission import lock_commission


@transaction.atomic
def rehold_commission(*, order_line: Line) -> None:
    """The line's money is held again; the commission is as if it had never been released."""
    commission = lock_commission(order_line)
    if commission is not None and commission.state == Commission.State.APPROVED:
        commission.state, commission.released_at = Commission.State.PENDING, None
        commission.save(update_fields=["state", "released_at"])
