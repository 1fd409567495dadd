"""The ways to earn of this market, each beside somebody who earns that way now."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creatorhub.affiliates.models import Programme
from creatorhub.affiliates.selectors import open_programmes
from creatorhub.offers import registry
from creatorhub.shops.selectors import ListingCard
from creatorhub.storefront.selectors.market import (
    ShopCard,
    example_listing,
    shops_to_meet,
)

# Where the first step of a way is: a URL name without arguments.
FIRST_STEPS = {
    "own_products": "studio:products_from_photos",
    "own_shop": "studio:open_shop",
    "downloads": "studio:product_new",
}


@dataclass(frozen=True)
class EarnCard:
    """One way: its words, its first step, and at most one example."""

    key: str
    icon: str
    name: str | Promise
    pitch: str | Promise
    first_step: str | Promise
    url_name: str
    listing: ListingCard | None = None
    shop: ShopCard | None = None
    programme: Programme | None = None


def earn_cards() -> list[EarnCard]:
    """Ways from the registry, and selling on commission. A constant number of queries."""
    shops = shops_to_meet()
    cards = [
        EarnCard(
            key=way.key,
            icon=way.icon,
            name=way.name,
            pitch=way.pitch,
            first_step=way.first_step,
            url_name=FIRST_STEPS[way.key],
            listing=example_listing(way.key) if way.sells else None,
            shop=None if way.sells else next(iter(shops), None),
        )
        for way in registry.all_ways()
    ]
    return [*cards, _commission_card()]


def _commission_card() -> EarnCard:
    return EarnCard(
        key="commission",
        icon="megaphone",
        name=_("Earning by sharing"),
        pitch=_(
            "Share what you like with your own link. When somebody buys through it, you earn a"
            " part of the price, and you see every click, order and date."
        ),
        first_step=_("See what you can share"),
        url_name="studio:discover",
        programme=next(
            (row for row in open_programmes()[:20] if getattr(row, "products", 0)), None
        ),
    )
