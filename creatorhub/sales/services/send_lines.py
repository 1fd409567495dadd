"""The parcel left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.services import mark_sent
from creatorhub.outbox.services import enqueue
from creatorhub.sales.holds import (
    AWAITING_SHIPMENT,
    close_holds,
    hold_for_refunds,
    let_shipping_follow,
)
from creatorhub.sales.models import Sale, SaleLine


@transaction.atomic(durable=True)
def send_lines(
    *,
    sale: Sale,
    line_ids: Sequence[int],
    carrier: str = "",
    tracking_number: str = "",
    tracking_url: str = "",
    actor: Any = None,
) -> list[Fulfilment]:
    """Mark lines (SaleLine ids) of one sale as sent in one parcel; the buyer is told.

    Their money now waits for the refund window instead. Lines that are not to be sent (given
    back, sent before, of another sale) are left alone; returns what was sent.
    """
    Sale.objects.select_for_update().get(pk=sale.pk)
    wanted = Fulfilment.objects.filter(
        order_line__sale_line__sale=sale, order_line__sale_line__in=line_ids
    )
    sent = mark_sent(
        fulfilments=list(wanted),
        carrier=carrier,
        tracking_number=tracking_number,
        tracking_url=tracking_url,
    )
    if not sent:
        return []
    lines = SaleLine.objects.select_related("sale", "order_line")
    for fulfilment in sent:
        line = lines.get(order_line=fulfilment.order_line_id)
        close_holds(line=line, outcome="sent", reason_code=AWAITING_SHIPMENT)
        hold_for_refunds(line=line, since=fulfilment.sent_at or line.sale.sold_at)
    let_shipping_follow(sale=sale)
    ids = [fulfilment.pk for fulfilment in sent]
    enqueue(topic="mail.sent", key=f"sent:{ids[0]}", payload={"sale": sale.pk, "fulfilments": ids})
    record(action="sale.sent", subject=f"sale:{sale.pk}", actor=actor, fulfilments=ids)
    return sent
