"""What must always be true of stock. Each function returns the rows that break it."""

from __future__ import annotations

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from oscar.apps.partner.models import StockRecord

from creatorhub.foundation.invariant import Broken
from creatorhub.offers.goods.models import Fulfilment

State = Fulfilment.State


def stock_out_of_bounds() -> list[Broken]:
    """What orders hold is never negative and never more than there is."""
    rows = StockRecord.objects.filter(
        Q(num_allocated__lt=0) | Q(num_allocated__gt=F("num_in_stock"))
    ).order_by("pk")
    return [
        Broken(f"stock {row.pk}", f"{row.num_allocated} held of {row.num_in_stock}") for row in rows
    ]


def stock_held_by_nobody() -> list[Broken]:
    """What a stock record holds is what its order lines hold."""
    rows = (
        StockRecord.objects.annotate(
            of_lines=Coalesce(Sum("line__num_allocated"), 0), held=Coalesce(F("num_allocated"), 0)
        )
        .exclude(of_lines=F("held"))
        .order_by("pk")
    )
    return [
        Broken(f"stock {row.pk}", f"holds {row.held}, its order lines hold {row.of_lines}")
        for row in rows
    ]


def stock_held_after_the_end() -> list[Broken]:
    """A parcel that left, or will never leave, holds no stock."""
    rows = (
        Fulfilment.objects.exclude(state=State.TO_SEND)
        .filter(order_line__num_allocated__gt=0)
        .select_related("order_line")
        .order_by("pk")
    )
    return [
        Broken(f"fulfilment {row.pk}", f"{row.state}, and holds {row.order_line.num_allocated}")
        for row in rows
    ]
