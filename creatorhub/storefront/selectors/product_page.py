"""A listing as a shopper reads it: pictures, what can be chosen, what is promised, who earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from creatorhub.money import Money
from creatorhub.offers import registry
from creatorhub.shops.models import Listing, Shop, Variant
from creatorhub.shops.selectors import (
    ListingCard,
    PictureSources,
    listing_cards,
    picture_set,
    price_of,
    published_listings,
    stock_of,
    variants_of,
)

MORE_FROM_SHOP = 4
FEW = 5


@dataclass(frozen=True)
class Choice:
    """One variant as it can be chosen. `left` None means nobody counts."""

    variant: Variant
    price: Money
    compare_at: Money | None
    left: int | None
    is_chosen: bool = False

    @property
    def name(self) -> str:
        return self.variant.name

    @property
    def is_sold_out(self) -> bool:
        return self.left == 0

    @property
    def is_scarce(self) -> bool:
        """Said only when it is so: the count is what the stock row holds."""
        return self.left is not None and 0 < self.left <= FEW

    @property
    def saved(self) -> Money | None:
        """How much less than before."""
        return self.compare_at - self.price if self.compare_at is not None else None


@dataclass(frozen=True)
class ProductPage:
    """Everything the product page shows that is the same for every visitor."""

    listing: Listing
    shop: Shop
    pictures: list[PictureSources]
    choices: list[Choice]
    chosen: Choice | None
    sends_parcels: bool

    @property
    def must_choose(self) -> bool:
        return len(self.choices) > 1

    @property
    def option_names(self) -> list[str]:
        """What one chooses: Size, Colour. Empty when there is one variant only."""
        names: dict[str, None] = {}
        for choice in self.choices:
            names |= dict.fromkeys(choice.variant.options)
        return list(names)

    @property
    def has_price_range(self) -> bool:
        return len({choice.price for choice in self.choices}) > 1

    @property
    def lowest(self) -> Money | None:
        return min((choice.price for choice in self.choices), default=None, key=lambda m: m.minor)

    @property
    def bar_price(self) -> Money | None:
        """Beside the button: the chosen one's price, or the lowest where the choice decides."""
        return self.lowest if self.has_price_range or self.chosen is None else self.chosen.price

    @property
    def is_sold_out(self) -> bool:
        return all(choice.is_sold_out for choice in self.choices)

    @property
    def is_free(self) -> bool:
        return self.chosen is not None and not self.chosen.price


def product_page(listing: Listing, *, asked_variant: int | None = None) -> ProductPage:
    """Reads a listing found by `find_listing` without a further query."""
    choices = [_choice(variant) for variant in variants_of(listing)]
    chosen = _chosen(choices, asked_variant)
    choices = [replace(choice, is_chosen=choice is chosen) for choice in choices]
    return ProductPage(
        listing=listing,
        shop=listing.shop,
        pictures=picture_set(listing),
        choices=choices,
        chosen=next((choice for choice in choices if choice.is_chosen), None),
        sends_parcels=registry.way(listing.way).sends_parcels,
    )


def more_from_shop(listing: Listing) -> list[ListingCard]:
    """Some other things of the same shop, newest first."""
    others = published_listings().filter(shop=listing.shop).exclude(pk=listing.pk)
    return listing_cards(others[:MORE_FROM_SHOP])


def _choice(variant: Variant) -> Choice:
    price = price_of(variant)
    before = variant.compare_at_minor or 0
    counts = registry.way(variant.listing.way).sends_parcels
    return Choice(
        variant=variant,
        price=price,
        compare_at=Money(before, price.currency) if before > price.minor else None,
        left=stock_of(variant) if counts else None,
    )


def _chosen(choices: Sequence[Choice], asked: int | None) -> Choice | None:
    """The one asked for, else the first that can be bought, else the first."""
    for choice in choices:
        if choice.variant.pk == asked:
            return choice
    can_be_bought = [choice for choice in choices if not choice.is_sold_out]
    return next(iter(can_be_bought or choices), None)
