"""A parcel is late: a nudge to its shop, once."""

from __future__ import annotations

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.selectors import late_fulfilments
from creatorhub.outbox.services import enqueue
from creatorhub.sales.models import SaleLine


@transaction.atomic(durable=True)
def remind_late(*, limit: int = 200) -> int:
    """Nudge the shops whose promised day has passed: one mail per sale. Returns how many."""
    late = late_fulfilments().select_for_update(of=("self",), skip_locked=True)
    rows = list(late.order_by("pk")[:limit])
    sale_of = dict(
        SaleLine.objects.filter(order_line__in=[row.order_line_id for row in rows]).values_list(
            "order_line_id", "sale_id"
        )
    )
    by_sale: dict[int, list[int]] = {}
    for row in rows:
        by_sale.setdefault(sale_of[row.order_line_id], []).append(row.pk)
    for sale_id, ids in by_sale.items():
        enqueue(
            topic="mail.ship_reminder",
            key=f"ship_reminder:{ids[0]}",
            payload={"sale": sale_id, "fulfilments": ids},
        )
    Fulfilment.objects.filter(pk__in=[row.pk for row in rows]).update(nudged_at=now())
    return len(by_sale)
