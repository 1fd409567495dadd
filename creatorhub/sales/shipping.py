"""What sending costs: each shop asks for its own part of a basket, flat and free above."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.shipping.methods import Base
from oscar.core.prices import Price

from creatorhub.money import Money
from creatorhub.offers.registry import way
from creatorhub.shops.models import Shop

__all__ = ["ShippingByShop", "line_total", "needs_address", "shipping_of", "shops_of"]


def shipping_of(basket: Any) -> dict[Shop, Money]:
    """What each shop asks for sending its parcels; shops that send nothing are not in it.

    "Free above" counts everything bought from that shop, files too.
    """
    bought: dict[Shop, Money] = {}
    sends: set[Shop] = set()
    for line in basket.all_lines():
        listing = line.product.variant.listing
        shop = listing.shop
        bought[shop] = bought.get(shop, Money.zero(shop.currency)) + line_total(line)
        if way(listing.way).sends_parcels:
            sends.add(shop)
    return {shop: _charge(shop, total) for shop, total in bought.items() if shop in sends}


def shops_of(basket: Any) -> list[Shop]:
    """The shops a basket buys from, in the order they were added."""
    return list(dict.fromkeys(line.product.variant.listing.shop for line in basket.all_lines()))


def needs_address(basket: Any) -> bool:
    """Whether anything in it must be sent."""
    return any(way(line.product.variant.listing.way).sends_parcels for line in basket.all_lines())


def line_total(line: Any) -> Money:
    """What one basket line costs, discounts off."""
    return Money.from_decimal(Decimal(line.line_price_incl_tax_incl_discounts), line.price_currency)


def _charge(shop: Shop, bought: Money) -> Money:
    free_above = shop.shipping_free_above_minor
    if free_above is not None and bought >= Money(free_above, shop.currency):
        return Money.zero(shop.currency)
    return shop.shipping_flat


class ShippingByShop(Base):
    """The one shipping method Oscar sees; each shop's part is kept in ShippingCharge."""

    code = "by-shop"
    name: Any = _("Sent by each shop")

    def __init__(self, charges: dict[Shop, Money]) -> None:
        self.charges = charges

    def calculate(self, basket: Any) -> Price:
        total = Money.total(self.charges.values(), basket.currency).to_decimal()
        return Price(currency=basket.currency, excl_tax=total, tax=Decimal(0))
