"""Baskets on their way to an order: priced by our strategy, checked, copied for a retry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection, transaction
from oscar.apps.basket.models import Basket, Line

from creatorhub.money import Money
from creatorhub.sales.errors import (
    ChangedPrice,
    EmptyBasketError,
    MixedBasketError,
    PriceChangedError,
    SoldOutError,
)
from creatorhub.sales.models import Checkout
from creatorhub.shops.oscar import Selector, price_of

__all__ = ["accept_prices", "check_basket", "claim", "copy_basket", "prepare"]

_CLAIM = """
UPDATE basket_basket SET status = %s, date_submitted = %s
WHERE id = %s AND status = %s AND (owner_id IS NULL OR owner_id = %s)
RETURNING nextval('sales_order_number')
"""


def claim(basket: Any, *, user: Any, at: dt.datetime) -> str | None:
    """Submit an open basket: the number of the order it becomes, from a sequence of its own.

    None when it is not open, or somebody else's. Lock and guard in one: of many who submit a
    basket at once one gets a number, the others wait for it and get None. Rolled back, it is open.
    """
    owner = user.pk if user is not None else None
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [Basket.SUBMITTED, at, basket.pk, Basket.OPEN, owner])
        row = cursor.fetchone()
    return str(row[0]) if row else None


def prepare(basket: Any) -> None:
    """Give a basket our prices, and its lines everything an order asks of them in one query."""
    basket.strategy = Selector().strategy()
    basket._lines = basket.lines.select_related(
        "stockrecord__partner",
        "product__product_class",
        "product__parent__product_class",
        "product__variant__listing__shop",
    ).order_by("pk")
    for line in basket._lines:
        line.stockrecord.product = line.product  # Oscar would look for it again.


def check_basket(basket: Any) -> None:
    """Raise what is wrong with a prepared basket: empty, mixed, gone, or priced anew."""
    lines = list(basket.all_lines())
    if not lines:
        raise EmptyBasketError
    if len({line.stockrecord.price_currency for line in lines}) > 1:
        raise MixedBasketError
    gone = [line for line in lines if not _can_be_had(line)]
    if gone:
        raise SoldOutError([_title(line) for line in gone])
    changes = [change for line in lines if (change := _changed_price(line))]
    if changes:
        raise PriceChangedError(changes)


@transaction.atomic
def accept_prices(*, basket: Any) -> None:
    """From now on the basket's lines stand at today's prices: their buyer has been told."""
    for line in Line.objects.filter(basket=basket).select_related("product"):
        price = price_of(line.product)
        if price is not None:
            Line.objects.filter(pk=line.pk).update(
                price_excl_tax=price.to_decimal(), price_incl_tax=price.to_decimal()
            )


@transaction.atomic
def copy_basket(*, checkout: Checkout) -> Any:
    """A new open basket with what an unpaid order had. A submitted basket is never thawed."""
    old: Any = checkout.order.basket
    new = Basket.objects.create(owner=old.owner)
    new.strategy = Selector().strategy()
    for line in old.lines.select_related("product"):
        if new.strategy.fetch_for_product(line.product).availability.is_available_to_buy:
            new.add_product(line.product, line.quantity)
    return new


def _can_be_had(line: Any) -> bool:
    permitted, _why = line.purchase_info.availability.is_purchase_permitted(line.quantity)
    return bool(permitted)


def _changed_price(line: Any) -> ChangedPrice | None:
    currency = line.price_currency
    before = Money.from_decimal(line.price_incl_tax, currency)
    after = Money.from_decimal(line.purchase_info.price.incl_tax, currency)
    return ChangedPrice(_title(line), before, after) if before != after else None


def _title(line: Any) -> str:
    return str(line.product.variant.listing.title)
