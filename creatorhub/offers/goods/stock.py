"""Stock, moved by guarded updates only.

Oscar's `allocate()` adds without looking: many buyers at once take more than there is. Here the
row itself refuses (`num_in_stock - num_allocated >= quantity`), and an order line's
`num_allocated` says what that line still holds, so that nothing is given back twice.
`num_in_stock` None means untracked: never sold out, nothing held.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from oscar.apps.order.models import Line
from oscar.apps.partner.models import StockRecord

_ALLOCATED = Coalesce(F("num_allocated"), 0)


def is_tracked(stockrecord: Any) -> bool:
    """Whether this stock can run out."""
    return stockrecord.num_in_stock is not None and stockrecord.can_track_allocations


def hold_stock(*, stockrecord_id: int, quantity: int) -> bool:
    """Hold stock for an order; False when there is not that much left."""
    rows = StockRecord.objects.filter(
        pk=stockrecord_id, num_in_stock__gte=_ALLOCATED + quantity
    ).update(num_allocated=_ALLOCATED + quantity)
    return bool(rows)


def hold_again(*, order_lines: Iterable[Any]) -> list[Any]:
    """Hold what released lines had held; returns the lines for which there is none left.

    Call it in a transaction that is rolled back or undone when something is returned.
    """
    missing = []
    for line in _in_stock_order(order_lines):
        if not line.allocation_cancelled:
            continue
        if line.stockrecord_id and hold_stock(
            stockrecord_id=line.stockrecord_id, quantity=line.quantity
        ):
            Line.objects.filter(pk=line.pk).update(
                num_allocated=line.quantity, allocation_cancelled=False
            )
        else:
            missing.append(line)
    return missing


def release_stock(*, order_lines: Iterable[Any]) -> None:
    """Give back what these lines hold: not paid in time, or given back before sending."""
    for line in _in_stock_order(order_lines):
        held = _take_from_line(line, allocation_cancelled=True)
        if held:
            StockRecord.objects.filter(pk=line.stockrecord_id).update(
                num_allocated=_ALLOCATED - held
            )


def consume_stock(*, order_lines: Iterable[Any]) -> None:
    """The parcel left: what these lines held is no longer in stock."""
    for line in _in_stock_order(order_lines):
        held = _take_from_line(line, allocation_cancelled=False)
        if held:
            StockRecord.objects.filter(pk=line.stockrecord_id).update(
                num_allocated=_ALLOCATED - held, num_in_stock=F("num_in_stock") - held
            )


def _in_stock_order(order_lines: Iterable[Any]) -> list[Any]:
    """Everybody locks stock rows in the same order, so nobody deadlocks."""
    return sorted(order_lines, key=lambda line: (line.stockrecord_id or 0, line.pk))


def _take_from_line(line: Any, *, allocation_cancelled: bool) -> int:
    """What the line held; it holds nothing afterwards. A second caller gets 0."""
    held = int(Line.objects.select_for_update().get(pk=line.pk).num_allocated)
    if held:
        Line.objects.filter(pk=line.pk).update(
            num_allocated=0, allocation_cancelled=allocation_cancelled
        )
    return held
