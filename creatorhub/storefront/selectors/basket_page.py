"""A basket as its owner reads it: by shop, with shipping, and what changed since yesterday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.functional import SimpleLazyObject
from oscar.apps.basket.models import Basket

from creatorhub.money import Money
from creatorhub.offers import registry
from creatorhub.sales.shipping import shipping_of
from creatorhub.shops.models import Listing, Shop, Variant
from creatorhub.storefront.selectors.pictures import Picture, first_pictures
from creatorhub.storefront.selectors.stock import is_on_sale, left_of


@dataclass(frozen=True)
class BasketLine:
    """One line. `problem` is "" or gone, sold_out, fewer, dearer, cheaper."""

    pk: int
    variant: Variant
    listing: Listing
    quantity: int
    price: Money
    old_price: Money | None
    left: int | None
    problem: str
    pictures: Mapping[int, Picture]

    @property
    def picture(self) -> Picture | None:
        """Read for the whole basket when the first one is shown; confirming an order shows none."""
        return self.pictures.get(self.listing.pk)

    @property
    def total(self) -> Money:
        return self.price * self.quantity

    @property
    def can_be_bought(self) -> bool:
        return self.problem not in ("gone", "sold_out", "fewer")

    @property
    def is_counted(self) -> bool:
        """Whether one can want several: nobody needs the same file twice."""
        return registry.way(self.listing.way).sends_parcels

    @property
    def most(self) -> int:
        """The largest quantity that may be asked for."""
        return 99 if self.left is None else max(self.left, self.quantity)


@dataclass(frozen=True)
class ShopPart:
    """What one shop of the basket gets."""

    shop: Shop
    lines: list[BasketLine]
    sends_parcels: bool
    shipping: Money

    @property
    def items_total(self) -> Money:
        return Money.total((line.total for line in self.lines), self.shop.currency)

    @property
    def total(self) -> Money:
        return self.items_total + self.shipping

    @property
    def until_free_shipping(self) -> Money | None:
        """How much more makes shipping free; None when it never is, or is already."""
        above = self.shop.shipping_free_above_minor
        if above is None or not self.sends_parcels or not self.shipping:
            return None
        return Money(above, self.shop.currency) - self.items_total


@dataclass(frozen=True)
class BasketPage:
    """A whole basket. Empty baskets have no currency and no total."""

    parts: list[ShopPart] = field(default_factory=list)

    @property
    def lines(self) -> list[BasketLine]:
        return [line for part in self.parts for line in part.lines]

    @property
    def is_empty(self) -> bool:
        return not self.parts

    @property
    def items(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def sends_parcels(self) -> bool:
        return any(part.sends_parcels for part in self.parts)

    @property
    def can_be_bought(self) -> bool:
        return bool(self.parts) and all(line.can_be_bought for line in self.lines)

    @property
    def problems(self) -> list[BasketLine]:
        return [line for line in self.lines if line.problem]

    @property
    def items_total(self) -> Money | None:
        return self._sum([part.items_total for part in self.parts])

    @property
    def shipping(self) -> Money | None:
        return self._sum([part.shipping for part in self.parts])

    @property
    def total(self) -> Money | None:
        return self._sum([part.total for part in self.parts])

    @property
    def currency(self) -> str:
        return self.parts[0].shop.currency if self.parts else ""

    def _sum(self, amounts: Sequence[Money]) -> Money | None:
        return Money.total(amounts, self.currency) if self.parts else None


def basket_page(basket: Basket) -> BasketPage:
    """Reads a basket in a constant number of queries, however many lines and shops it has."""
    if basket._state.adding:  # A visitor who has put nothing in has no row.
        return BasketPage()
    rows = _read_lines(basket)
    if not rows:
        return BasketPage()
    ids = [row.product.variant.listing_id for row in rows]
    pictures = cast("Mapping[int, Picture]", SimpleLazyObject(lambda: first_pictures(ids)))
    shipping = shipping_of(basket)
    lines = [_line(row, pictures) for row in rows]
    return BasketPage([_part(shop, mine, shipping) for shop, mine in _by_shop(lines)])


def _read_lines(basket: Basket) -> list[Any]:
    """Oscar's own cache of lines, filled with all that prices and shipping will ask for."""
    basket._lines = (
        basket.lines.select_related(
            "stockrecord",
            "product__product_class",
            "product__parent__product_class",
            "product__variant__listing__shop",
        )
        .prefetch_related("product__stockrecords")
        .order_by("pk")
    )
    return list(basket._lines)


def _line(row: Any, pictures: Mapping[int, Picture]) -> BasketLine:
    variant: Variant = row.product.variant
    listing = variant.listing
    currency = listing.shop.currency
    price = Money.from_decimal(row.stockrecord.price, currency)
    known = row.price_incl_tax if row.price_incl_tax is not None else row.price_excl_tax
    old_price = Money.from_decimal(known, currency) if known is not None else price
    left = left_of(variant=variant, stockrecord=row.stockrecord)
    return BasketLine(
        pk=row.pk,
        variant=variant,
        listing=listing,
        quantity=row.quantity,
        price=price,
        old_price=old_price if old_price != price else None,
        left=left,
        problem=_problem(variant, row.quantity, left, price, old_price),
        pictures=pictures,
    )


def _problem(
    variant: Variant, quantity: int, left: int | None, price: Money, old_price: Money
) -> str:
    if not is_on_sale(variant):
        return "gone"
    if left == 0:
        return "sold_out"
    if left is not None and left < quantity:
        return "fewer"
    if price == old_price:
        return ""
    return "dearer" if price > old_price else "cheaper"


def _by_shop(lines: Iterable[BasketLine]) -> list[tuple[Shop, list[BasketLine]]]:
    """Shops in the order in which their first line was added."""
    found: dict[int, tuple[Shop, list[BasketLine]]] = {}
    for line in lines:
        shop = line.listing.shop
        found.setdefault(shop.pk, (shop, []))[1].append(line)
    return list(found.values())


def _part(shop: Shop, lines: list[BasketLine], shipping: dict[Shop, Money]) -> ShopPart:
    return ShopPart(
        shop=shop,
        lines=lines,
        sends_parcels=any(registry.way(line.listing.way).sends_parcels for line in lines),
        shipping=shipping.get(shop, Money.zero(shop.currency)),
    )
