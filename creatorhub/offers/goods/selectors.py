"""What waits to be sent."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from creatorhub.foundation.clock import today
from creatorhub.offers.goods.models import Fulfilment


def fulfilments_of_order(order: Any) -> QuerySet[Fulfilment]:
    """One order's parcels, for its page and its packing details."""
    return Fulfilment.objects.filter(order_line__order=order).select_related("order_line")


def late_fulfilments() -> QuerySet[Fulfilment]:
    """Promised for a day that has passed, not sent, and nobody was nudged yet."""
    return Fulfilment.objects.filter(
        state=Fulfilment.State.TO_SEND, ship_by_on__lt=today(), nudged_at=None
    ).select_related("order_line", "shop")
