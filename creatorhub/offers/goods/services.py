"""Beginning, sending and cancelling what must be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from creatorhub.foundation.clock import now, today
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.stock import (
    consume_stock,
    put_back_into_stock,
    release_stock,
    write_off,
)
from creatorhub.shops.models import Shop


@transaction.atomic
def start_fulfilments(*, shops: Mapping[int, Shop]) -> dict[int, Fulfilment]:
    """Each shop promises to send its order line within its days; by the lines' ids.

    Repeating changes nothing.
    """
    started = {row.order_line_id: row for row in Fulfilment.objects.filter(order_line__in=shops)}
    new = [
        Fulfilment(
            order_line_id=line_id,
            shop=shop,
            ship_by_on=today() + dt.timedelta(days=shop.ship_within_days),
        )
        for line_id, shop in shops.items()
        if line_id not in started
    ]
    Fulfilment.objects.bulk_create(new)
    return started | {row.order_line_id: row for row in new}


@transaction.atomic
def mark_sent(
    *,
    fulfilments: Sequence[Fulfilment],
    carrier: str,
    tracking_number: str,
    tracking_url: str,
) -> list[Fulfilment]:
    """These left in one parcel; their stock is gone. Those sent or cancelled before are skipped."""
    rows = list(
        Fulfilment.objects.select_for_update(of=("self",))
        .select_related("order_line")
        .filter(pk__in=[row.pk for row in fulfilments], state=Fulfilment.State.TO_SEND)
        .order_by("pk")
    )
    moment = now()
    for row in rows:
        row.state = Fulfilment.State.SENT
        row.sent_at = moment
        row.carrier, row.tracking_number = carrier, tracking_number
        row.tracking_url = tracking_url
        row.save()
    consume_stock(order_lines=[row.order_line for row in rows])
    return rows


@transaction.atomic
def cancel(*, order_line: Any) -> bool:
    """Not to be sent any more; its stock returns. False when it has left already."""
    cancelled = Fulfilment.objects.filter(
        order_line=order_line, state=Fulfilment.State.TO_SEND
    ).update(state=Fulfilment.State.CANCELLED)
    if cancelled:
        release_stock(order_lines=[order_line])
    return bool(cancelled)


@transaction.atomic
def return_pieces(*, order_line: Any, quantity: int, restock: int) -> None:
    """Pieces of a line were given back: before it left they are not sent, afterwards they return.

    `restock` of them can be sold again; the others are gone from stock.
    """
    fulfilment = Fulfilment.objects.filter(order_line=order_line).first()
    if fulfilment is None or fulfilment.state == Fulfilment.State.CANCELLED:
        return
    if fulfilment.state == Fulfilment.State.SENT:
        put_back_into_stock(order_line=order_line, quantity=restock)
        return
    release_stock(order_lines=[order_line], at_most=restock)
    write_off(order_line=order_line, quantity=quantity - restock)
