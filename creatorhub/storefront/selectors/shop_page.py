"""A shop as its followers read it: the one link in a bio."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.selectors import (
    ListingCard,
    PictureSources,
    image_sources,
    listing_cards,
    posts_of_shop,
    published_listings,
)
from creatorhub.storefront.selectors.market import PostCard, picture_of_post, rows_of

PER_PAGE = 24
POSTS = 4


@dataclass(frozen=True)
class ShopView:
    """What the shop's page shows."""

    shop: Shop
    avatar: PictureSources | None
    cover: PictureSources | None
    cards: list[ListingCard]
    page: Page[Listing]
    posts: list[PostCard]


def shop_page(shop: Shop, *, number: str) -> ShopView:
    """Reads a shop in a constant number of queries."""
    page = Paginator(published_listings().filter(shop=shop), PER_PAGE).get_page(number)
    posts = posts_of_shop(shop).prefetch_related("listing__pictures__image__renditions")[:POSTS]
    return ShopView(
        shop=shop,
        avatar=image_sources(shop.avatar),
        cover=image_sources(shop.cover),
        cards=listing_cards(rows_of(page)),
        page=page,
        posts=[PostCard(post, shop, picture_of_post(post)) for post in posts],
    )
