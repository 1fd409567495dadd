"""A parcel that was not taken comes back unopened."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from oscar.apps.partner.models import StockRecord

from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.stock import release_stock


@transaction.atomic
def take_back_unsold(*, fulfilments: Iterable[Fulfilment]) -> None:
    """Nobody bought it after all: what waits is not sent, what came back is in stock again.

    Repeating changes nothing: a parcel is taken back once, under its lock.
    """
    rows = list(
        Fulfilment.objects.select_for_update(of=("self",))
        .select_related("order_line")
        .filter(pk__in=[row.pk for row in fulfilments])
        .exclude(state=Fulfilment.State.CANCELLED)
        .order_by("order_line__stockrecord_id", "pk")
    )
    Fulfilment.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=Fulfilment.State.CANCELLED
    )
    release_stock(
        order_lines=[row.order_line for row in rows if row.state == Fulfilment.State.TO_SEND]
    )
    for row in rows:
        if row.state == Fulfilment.State.SENT and row.order_line.stockrecord_id is not None:
            StockRecord.objects.filter(
                pk=row.order_line.stockrecord_id, num_in_stock__isnull=False
            ).update(num_in_stock=F("num_in_stock") + row.order_line.quantity)
