"""A transfer that never came: the order behind it has ended."""

from __future__ import annotations

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.sales.models import CashOrder, Checkout


def end_transfer(*, checkout: Checkout) -> None:
    """In the transaction that closes the unpaid order; nothing for orders of other gateways."""
    cash = CashOrder.objects.select_for_update().filter(checkout=checkout).first()
    if cash is None or not cash.is_open:
        return
    cash.state, cash.closed_at = CashOrder.State.EXPIRED, now()
    cash.save(update_fields=["state", "closed_at"])
    enqueue(topic="mail.transfer_ended", key=f"transfer_ended:{cash.pk}", payload={"cash": cash.pk})
