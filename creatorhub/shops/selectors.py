"""What others read about shops and listings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import HandleHistory, Listing, PostPage, Shop, ShopPage, Variant
from creatorhub.shops.picture_sources import PictureSources, image_sources, picture_set

__all__ = [
    "ListingCard",
    "PictureSources",
    "find_listing",
    "find_post",
    "find_shop",
    "image_sources",
    "listing_cards",
    "listings_of_shop",
    "picture_set",
    "posts_of_shop",
    "price_of",
    "published_listings",
    "shop_of_old_handle",
    "shops_of",
    "stock_of",
    "variants_of",
    "with_cards",
]


@dataclass(frozen=True, slots=True)
class ListingCard:
    """A listing as a card or a row shows it. `price` is the lowest of its variants."""

    pk: int
    title: str
    lead: str
    url: str
    language: str
    way: str
    kind: str
    state: str
    price: Money
    has_price_range: bool
    compare_at: Money | None
    is_sold_out: bool
    stock: int | None
    picture: PictureSources | None
    shop_name: str
    shop_handle: str
    shop_url: str
    brand_colour: str
    published_at: dt.datetime | None


def published_listings() -> QuerySet[Listing]:
    """Everything a shopper may see, newest first."""
    return Listing.objects.filter(
        state=Listing.State.PUBLISHED, shop__state=Shop.State.OPEN, shop__taken_down_at=None
    ).order_by("-published_at", "-pk")


def listings_of_shop(shop: Shop) -> QuerySet[Listing]:
    """All of a shop's listings for its creator, in any state, newest first."""
    return Listing.objects.filter(shop=shop).select_related("shop").order_by("-pk")


def find_listing(*, handle: str, slug: str) -> Listing | None:
    """The published listing at this address, with what its page shows."""
    return with_cards(published_listings()).filter(shop__handle=handle, slug=slug).first()


def find_shop(*, handle: str) -> Shop | None:
    """The shop that may be visited under this handle."""
    return (
        Shop.objects.filter(handle=handle, state=Shop.State.OPEN, taken_down_at=None)
        .select_related("owner", "avatar", "cover", "page")
        .first()
    )


def shop_of_old_handle(*, handle: str) -> Shop | None:
    """Where a handle that was given up leads, while it is still reserved."""
    old = (
        HandleHistory.objects.filter(handle=handle, reserved_until__gt=now())
        .select_related("shop")
        .first()
    )
    return old.shop if old and old.shop.is_visible else None


def shops_of(party: Party) -> QuerySet[Shop]:
    """The shops a party owns, the newest first."""
    return Shop.objects.filter(owner=party).order_by("-pk")


def with_cards(listings: QuerySet[Listing]) -> QuerySet[Listing]:
    """Prefetch all that cards, pages and picture sets read: six queries however many listings."""
    variants = Variant.objects.filter(is_offered=True).select_related("product")
    return listings.select_related("shop", "product").prefetch_related(
        Prefetch("variants", variants.prefetch_related("product__stockrecords"), "offered"),
        "pictures__image__renditions",
    )


def variants_of(listing: Listing) -> list[Variant]:
    """The variants on offer, in order, with price and stock at hand."""
    found: list[Variant] | None = getattr(listing, "offered", None)
    if found is None:
        found = list(
            listing.variants.filter(is_offered=True)
            .select_related("product")
            .prefetch_related("product__stockrecords")
        )
    for variant in found:
        variant.listing = listing
    return found


def price_of(variant: Variant) -> Money:
    """What one costs, in its shop's currency."""
    currency = variant.listing.shop.currency
    record = next(iter(variant.product.stockrecords.all()), None)
    if record is None or record.price is None:
        return Money.zero(currency)
    return Money.from_decimal(record.price, currency)


def stock_of(variant: Variant) -> int | None:
    """How many can still be sold; None when untracked."""
    record = next(iter(variant.product.stockrecords.all()), None)
    if record is None or record.num_in_stock is None:
        return None
    return max(0, record.num_in_stock - (record.num_allocated or 0))


def listing_cards(listings: QuerySet[Listing]) -> list[ListingCard]:
    """Cards for a queryset, in its order, at a constant number of queries."""
    return [_card(listing) for listing in with_cards(listings)]


def posts_of_shop(shop: Shop, *, live_only: bool = True) -> QuerySet[PostPage]:
    """A shop's posts, newest first; drafts too when its creator asks."""
    page = ShopPage.objects.filter(shop=shop).first()
    posts: QuerySet[PostPage] = PostPage.objects.none()
    if page is not None:
        posts = PostPage.objects.child_of(page).select_related("picture", "listing__shop")
    if live_only:
        posts = posts.filter(live=True)
    newest: QuerySet[PostPage] = posts.order_by("-first_published_at", "-pk")
    return newest.prefetch_related("picture__renditions")


def find_post(*, handle: str, slug: str) -> PostPage | None:
    """The live post at this address of a shop that may be visited."""
    shop = find_shop(handle=handle)
    return posts_of_shop(shop).filter(slug=slug).first() if shop else None


def _card(listing: Listing) -> ListingCard:
    shop = listing.shop
    variants = variants_of(listing)
    priced = sorted(variants, key=lambda variant: price_of(variant).minor)
    cheapest = priced[0] if priced else None
    price = price_of(cheapest) if cheapest else Money.zero(shop.currency)
    pictures = picture_set(listing)
    stock = _stock(variants)
    return ListingCard(
        pk=listing.pk,
        title=listing.title,
        lead=listing.lead,
        url=listing.get_absolute_url(),
        language=listing.language,
        way=listing.way,
        kind=listing.kind,
        state=listing.state,
        price=price,
        has_price_range=bool(priced) and price_of(priced[-1]) != price,
        compare_at=_compare_at(cheapest, price),
        is_sold_out=stock == 0,
        stock=stock,
        picture=pictures[0] if pictures else None,
        shop_name=shop.name,
        shop_handle=shop.handle,
        shop_url=shop.get_absolute_url(),
        brand_colour=shop.brand_colour,
        published_at=listing.published_at,
    )


def _compare_at(variant: Variant | None, price: Money) -> Money | None:
    """The price before, shown only when it was higher."""
    if variant is None or (variant.compare_at_minor or 0) <= price.minor:
        return None
    return Money(variant.compare_at_minor or 0, price.currency)


def _stock(variants: Iterable[Variant]) -> int | None:
    levels = [stock_of(variant) for variant in variants]
    return None if None in levels else sum(level or 0 for level in levels)
