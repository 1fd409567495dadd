"""Oscar's rows of an order, written in as many statements as there are kinds of rows.

Oscar's own OrderCreator asks and writes line by line and oversells; this writes what it would, and
tests/sales/test_oscars_rows.py holds both side by side (docs/adr/0016). What it would also write,
and nothing reads: LinePrice (units of one line have one price here) and the uses of offers and
vouchers (there are none in a basket yet).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

from django.conf import settings
from oscar.apps.order.models import Line, Order
from oscar.apps.order.signals import order_placed

from creatorhub.money import Money
from creatorhub.offers.goods.stock import hold_all, is_tracked
from creatorhub.sales.errors import SoldOutError
from creatorhub.sales.shipping import ShippingByShop

__all__ = ["create_order"]


def create_order(
    *,
    number: str,
    basket: Any,
    total: Money,
    shipping: ShippingByShop,
    address: Any,
    user: Any,
    guest_email: str,
    placed_at: dt.datetime,
) -> Order:
    """The order of a prepared basket, its lines, and its stock held; SoldOutError names the rest.

    Needs the transaction of the caller.
    """
    _hold_stock(basket)
    sending = shipping.calculate(basket)
    order = Order.objects.create(
        number=number,
        site_id=settings.SITE_ID,
        basket=basket,
        user=user,
        guest_email=guest_email,
        currency=total.currency,
        total_incl_tax=total.to_decimal(),
        total_excl_tax=total.to_decimal(),
        shipping_incl_tax=sending.incl_tax,
        shipping_excl_tax=sending.excl_tax,
        shipping_method=shipping.name,
        shipping_code=shipping.code,
        shipping_address=address,
        status=settings.OSCAR_INITIAL_ORDER_STATUS,
        date_placed=placed_at,
    )
    Line.objects.bulk_create(_line(order, line) for line in basket.all_lines())
    order_placed.send(sender=create_order, order=order, user=user)
    return order


def _hold_stock(basket: Any) -> None:
    """What can run out is held, or the order is refused: the rows refuse what they do not have."""
    wanted: Counter[int] = Counter()
    for line in basket.all_lines():
        if is_tracked(line.stockrecord):
            wanted[line.stockrecord_id] += line.quantity
    missing = hold_all(wanted=wanted)
    if missing:
        raise SoldOutError(
            [
                line.product.variant.listing.title
                for line in basket.all_lines()
                if line.stockrecord_id in missing
            ]
        )


def _line(order: Order, line: Any) -> Line:
    """`num_allocated` is what the line holds; Oscar would write its quantity in any case."""
    record, product = line.stockrecord, line.product
    unit: Decimal = line.unit_price_incl_tax
    price: Decimal = line.line_price_incl_tax_incl_discounts
    return Line(
        order=order,
        partner=record.partner,
        partner_name=record.partner.name,
        partner_sku=record.partner_sku,
        stockrecord=record,
        product=product,
        title=product.get_title(),
        upc=product.upc,
        quantity=line.quantity,
        line_price_excl_tax=price,
        line_price_incl_tax=price,
        line_price_before_discounts_excl_tax=line.line_price_incl_tax,
        line_price_before_discounts_incl_tax=line.line_price_incl_tax,
        unit_price_excl_tax=unit,
        unit_price_incl_tax=unit,
        num_allocated=line.quantity if is_tracked(record) else 0,
        status=settings.OSCAR_INITIAL_LINE_STATUS,
    )
