"""Stock, moved by guarded updates only.

Oscar's `allocate()` adds without looking: many buyers at once take more than there is. Here the
row itself refuses (`num_in_stock - num_allocated >= quantity`), and an order line's
`num_allocated` says what that line still holds, so that nothing is given back twice.
`num_in_stock` None means untracked: never sold out, nothing held.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from oscar.apps.order.models import Line
from oscar.apps.partner.models import StockRecord

_ALLOCATED = Coalesce(F("num_allocated"), 0)

# The rows are locked in the order of their ids, as everybody locks them, and only then updated. An
# update that had to wait looks at the row as it is by then, so the guard never sees an old number.
_HOLD_ALL = """
WITH wanted AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[]) AS pair (id, quantity)),
locked AS (
    SELECT id, quantity FROM partner_stockrecord JOIN wanted USING (id)
    ORDER BY id FOR UPDATE OF partner_stockrecord
)
UPDATE partner_stockrecord AS record
SET num_allocated = coalesce(num_allocated, 0) + quantity
FROM locked
WHERE record.id = locked.id AND num_in_stock >= coalesce(num_allocated, 0) + quantity
RETURNING record.id
"""


def is_tracked(stockrecord: Any) -> bool:
    """Whether this stock can run out."""
    return stockrecord.num_in_stock is not None and stockrecord.can_track_allocations


def hold_all(*, wanted: Mapping[int, int]) -> set[int]:
    """Hold stock for an order: stock record → quantity. Returns the records with too little left.

    One statement for any number of records. Call it in a transaction that is rolled back when
    something is returned.
    """
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_ALL, [list(wanted), list(wanted.values())])
        return set(wanted) - {pk for (pk,) in cursor.fetchall()}


def hold_stock(*, stockrecord_id: int, quantity: int) -> bool:
    """Hold one record's stock; False when there is not that much left."""
    return not hold_all(wanted={stockrecord_id: quantity})


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


def release_stock(*, order_lines: Iterable[Any], at_most: int | None = None) -> None:
    """Give back what these lines hold: not paid in time, or given back before sending."""
    for line in _in_stock_order(order_lines):
        held = _take_from_line(line, allocation_cancelled=True, at_most=at_most)
        if held:
            StockRecord.objects.filter(pk=line.stockrecord_id).update(
                num_allocated=_ALLOCATED - held
            )


def consume_stock(*, order_lines: Iterable[Any], at_most: int | None = None) -> None:
    """The parcel left: what these lines held is no longer in stock."""
    for line in _in_stock_order(order_lines):
        held = _take_from_line(line, allocation_cancelled=False, at_most=at_most)
        if held:
            StockRecord.objects.filter(pk=line.stockrecord_id).update(
                num_allocated=_ALLOCATED - held, num_in_stock=F("num_in_stock") - held
            )


def write_off(*, order_line: Any, quantity: int) -> None:
    """Pieces that a line held are broken or lost: neither sent nor sold again."""
    consume_stock(order_lines=[order_line], at_most=quantity)


def put_back_into_stock(*, order_line: Any, quantity: int) -> None:
    """Pieces that had left came back and can be sold again."""
    StockRecord.objects.filter(pk=order_line.stockrecord_id, num_in_stock__isnull=False).update(
        num_in_stock=F("num_in_stock") + quantity
    )


def _in_stock_order(order_lines: Iterable[Any]) -> list[Any]:
    """Everybody locks stock rows in the same order, so nobody deadlocks."""
    return sorted(order_lines, key=lambda line: (line.stockrecord_id or 0, line.pk))


def _take_from_line(line: Any, *, allocation_cancelled: bool, at_most: int | None) -> int:
    """What the line held, or part of it; a second caller gets only what is left."""
    held = int(Line.objects.select_for_update().get(pk=line.pk).num_allocated)
    taken = held if at_most is None else min(held, at_most)
    if taken:
        Line.objects.filter(pk=line.pk).update(
            num_allocated=held - taken,
            allocation_cancelled=allocation_cancelled and taken == held,
        )
    return taken
