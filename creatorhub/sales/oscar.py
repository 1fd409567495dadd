"""Oscar's order creator, with stock that cannot be oversold."""

from __future__ import annotations

from typing import Any

from django.db import connection
from oscar.apps.order.models import Order
from oscar.apps.order.utils import OrderCreator as OscarOrderCreator

from creatorhub.offers.goods.stock import hold_stock, is_tracked
from creatorhub.sales.errors import SoldOutError

__all__ = ["OrderCreator", "create_order", "next_order_number"]


def next_order_number() -> str:
    """A number of its own for each order, from PostgreSQL: never a basket's id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('sales_order_number')")
        return str(cursor.fetchone()[0])


class OrderCreator(OscarOrderCreator):
    """Writes Oscar's rows. Stock is taken by a guarded UPDATE, in the order of stock records."""

    def create_line_models(
        self, order: Any, basket_line: Any, extra_line_fields: dict[str, Any] | None = None
    ) -> Any:
        """A line says how much stock it holds; Oscar would write its quantity in any case."""
        held = basket_line.quantity if is_tracked(basket_line.stockrecord) else 0
        fields = (extra_line_fields or {}) | {"num_allocated": held}
        return super().create_line_models(order, basket_line, fields)

    def update_stock_records(self, line: Any) -> None:
        """Hold the stock, or SoldOutError: the row refuses what it does not have."""
        if is_tracked(line.stockrecord) and not hold_stock(
            stockrecord_id=line.stockrecord_id, quantity=line.quantity
        ):
            raise SoldOutError([line.product.variant.listing.title])


def create_order(**fields: Any) -> Order:
    """Oscar's place_order with our creator: the order, its lines, its stock."""
    order: Order = OrderCreator().place_order(**fields)
    return order
