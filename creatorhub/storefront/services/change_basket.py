"""Putting things into a basket, changing how many, taking them out."""

from __future__ import annotations

from django.db import transaction
from oscar.apps.basket.models import Basket

from creatorhub.offers import registry
from creatorhub.shops.models import Variant
from creatorhub.storefront.errors import CurrencyConflictError, NothingLeftError, NotOnSaleError
from creatorhub.storefront.selectors.stock import is_on_sale, left_of
from creatorhub.storefront.services.open_baskets import OpenBasket, OpenBaskets

MOST_OF_ONE = 99


@transaction.atomic(durable=True)
def add_variant(
    *,
    baskets: OpenBaskets,
    variant: Variant,
    quantity: int = 1,
    in_second_basket: bool = False,
    at_least: bool = False,
) -> Basket:
    """Put a variant into the basket in use and return that basket.

    `at_least` is for "Buy now": pressing it twice must not buy two. Raises NotOnSaleError,
    NothingLeftError, and CurrencyConflictError unless `in_second_basket` says to start one.
    """
    if not is_on_sale(variant):
        raise NotOnSaleError
    chosen = _basket_for(baskets, variant.listing.shop.currency, in_second_basket)
    basket = chosen.basket
    held = basket.product_quantity(variant.product)
    wanted = _wanted(variant, held, quantity, at_least=at_least)
    _refuse_more_than_left(variant, wanted)
    basket.add_product(variant.product, wanted - held)
    chosen.currency = variant.listing.shop.currency
    chosen.items += wanted - held
    baskets.use(chosen)
    return basket


@transaction.atomic(durable=True)
def set_quantity(*, basket: Basket, line_id: int, quantity: int) -> None:
    """Change how many of a line; none removes it. A line of another basket is not found.

    Raises Line.DoesNotExist, NothingLeftError.
    """
    line = basket.lines.select_related("product__variant__listing__shop").get(pk=line_id)
    line.basket = basket
    if quantity <= 0:
        line.delete()
    else:
        _refuse_more_than_left(line.product.variant, min(quantity, MOST_OF_ONE))
        line.quantity = min(quantity, MOST_OF_ONE)
        line.save(update_fields=["quantity"])
    basket.reset_offer_applications()


@transaction.atomic(durable=True)
def keep_what_can_be_bought(*, basket: Basket) -> None:
    """What is gone leaves the basket, what is scarce shrinks, prices are today's."""
    for line in basket.lines.select_related("stockrecord", "product__variant__listing__shop"):
        line.basket = basket
        variant: Variant = line.product.variant
        left = left_of(variant=variant, stockrecord=line.stockrecord)
        if left == 0 or not is_on_sale(variant):
            line.delete()
            continue
        line.quantity = line.quantity if left is None else min(line.quantity, left)
        line.price_excl_tax = line.price_incl_tax = line.stockrecord.price
        line.save(update_fields=["quantity", "price_excl_tax", "price_incl_tax"])
    basket.reset_offer_applications()


def _wanted(variant: Variant, held: int, quantity: int, *, at_least: bool) -> int:
    if not registry.way(variant.listing.way).sends_parcels:
        return 1  # Nobody needs the same file twice.
    return min(max(held, quantity) if at_least else held + quantity, MOST_OF_ONE)


def _basket_for(baskets: OpenBaskets, currency: str, in_second_basket: bool) -> OpenBasket:
    current = baskets.current
    if current.currency in (None, currency):
        return current
    existing = baskets.holding(currency)
    if existing is not None:
        return existing
    if not in_second_basket:
        raise CurrencyConflictError(
            basket_currency=str(current.currency), listing_currency=currency
        )
    return baskets.start()


def _refuse_more_than_left(variant: Variant, wanted: int) -> None:
    left = left_of(variant=variant, stockrecord=variant.product.stockrecords.first())
    if left is not None and wanted > left:
        raise NothingLeftError(left)
