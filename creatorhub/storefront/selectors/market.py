"""The whole market: what is new, who sells, and browsing that comes to an end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Min, Q, QuerySet
from wagtail.models import Page as WagtailPage

from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.shops.search import search_listings
from creatorhub.shops.selectors import (
    ListingCard,
    PictureSources,
    image_sources,
    listing_cards,
    published_listings,
)

PER_PAGE = 24
NEW_ON_FRONT = 8
SHOPS_ON_FRONT = 6
POSTS_ON_FRONT = 3
KINDS_SHOWN = 12
SHORTEST_NAME = 2
LOWEST_PRICE = "variants__product__stockrecords__price"


@dataclass(frozen=True)
class ShopCard:
    """A shop to meet."""

    shop: Shop
    listings: int
    avatar: PictureSources | None


@dataclass(frozen=True)
class PostCard:
    """A post with its shop, and a picture of its own or of what it shows."""

    post: PostPage
    shop: Shop
    picture: PictureSources | None


@dataclass(frozen=True)
class Wish:
    """What somebody browses for. Everything may be empty."""

    query: str = ""
    way: str = ""
    kind: str = ""
    currency: str = ""
    order: str = "new"
    page: int = 1


@dataclass(frozen=True)
class Found:
    """One page of what matches, and what one can narrow it by."""

    cards: list[ListingCard]
    page: Page[Listing]
    kinds: list[str]
    currencies: list[str]
    currency: str

    @property
    def total(self) -> int:
        return int(self.page.paginator.count)


def browse(wish: Wish, *, language: str) -> Found:
    """Listings that match, a page of them, in a constant number of queries."""
    currencies = _currencies()
    # Prices in two currencies have no order; the one most listings use is shown, and said.
    currency = wish.currency or (currencies[0] if wish.order == "price" and currencies else "")
    rows = _matching(wish, currency, language)
    page = Paginator(rows, PER_PAGE).get_page(wish.page)
    return Found(
        cards=listing_cards(rows_of(page)),
        page=page,
        kinds=_kinds(wish.way),
        currencies=currencies if len(currencies) > 1 else [],
        currency=currency,
    )


def rows_of(page: Page[Listing]) -> QuerySet[Listing]:
    """The page's slice of its queryset, which a paginator's types forget."""
    return cast("QuerySet[Listing]", page.object_list)


def new_listings() -> list[ListingCard]:
    return listing_cards(published_listings()[:NEW_ON_FRONT])


def shops_to_meet() -> list[ShopCard]:
    """Shops that offer something, those with the newest listing first."""
    shown = Q(listings__state=Listing.State.PUBLISHED)
    rows = (
        Shop.objects.filter(state=Shop.State.OPEN, taken_down_at=None)
        .annotate(
            shown=Count("listings", filter=shown),
            newest=Max("listings__published_at", filter=shown),
        )
        .filter(shown__gt=0)
        .select_related("avatar")
        .prefetch_related("avatar__renditions")
        .order_by("-newest", "-pk")[:SHOPS_ON_FRONT]
    )
    return [shop_card(shop, listings=shop.shown) for shop in rows]


def shops_named(query: str) -> list[ShopCard]:
    """Shops whose name or handle holds what was typed; none for an empty query."""
    if len(query) < SHORTEST_NAME:
        return []
    named = Q(name__icontains=query) | Q(handle__icontains=query.removeprefix("@"))
    shown = Q(listings__state=Listing.State.PUBLISHED)
    rows = (
        Shop.objects.filter(named, state=Shop.State.OPEN, taken_down_at=None)
        .annotate(shown=Count("listings", filter=shown))
        .select_related("avatar")
        .prefetch_related("avatar__renditions")
        .order_by("name", "pk")[:SHOPS_ON_FRONT]
    )
    return [shop_card(shop, listings=shop.shown) for shop in rows]


def shop_card(shop: Shop, *, listings: int) -> ShopCard:
    return ShopCard(shop, listings, image_sources(shop.avatar))


def new_posts() -> list[PostCard]:
    """The latest posts of shops that may be visited."""
    rows = list(
        PostPage.objects.live()
        .select_related("picture", "listing")
        .prefetch_related("picture__renditions", "listing__pictures__image__renditions")
        .order_by("-first_published_at", "-pk")[: POSTS_ON_FRONT * 2]
    )
    shops = _shops_by_path({post.path[: -WagtailPage.steplen] for post in rows})
    cards = [
        PostCard(post, shop, picture_of_post(post))
        for post in rows
        if (shop := shops.get(post.path[: -WagtailPage.steplen])) is not None
    ]
    return cards[:POSTS_ON_FRONT]


def picture_of_post(post: PostPage) -> PictureSources | None:
    """Its own picture, else the first of the listing it shows."""
    own = image_sources(post.picture, alt="")
    if own is not None or post.listing is None:
        return own
    first = next(iter(post.listing.pictures.all()), None)
    return image_sources(first.image, alt="") if first is not None else None


def _shops_by_path(paths: set[str]) -> dict[str, Shop]:
    rows = Shop.objects.filter(
        page__path__in=paths, state=Shop.State.OPEN, taken_down_at=None
    ).select_related("page")
    return {shop.page.path: shop for shop in rows}


def _matching(wish: Wish, currency: str, language: str) -> QuerySet[Listing]:
    rows = search_listings(wish.query, language) if wish.query else published_listings()
    if wish.way:
        rows = rows.filter(way=wish.way)
    if wish.kind:
        rows = rows.filter(Q(kind=wish.kind) | Q(tags__contains=[wish.kind]))
    if currency:
        rows = rows.filter(shop__currency=currency)
    if wish.order == "price":
        offered = Q(variants__is_offered=True)
        rows = rows.annotate(lowest=Min(LOWEST_PRICE, filter=offered)).order_by("lowest", "-pk")
    elif wish.order == "new" and not wish.query:
        rows = rows.order_by("-published_at", "-pk")
    return rows


def _currencies() -> list[str]:
    """Currencies of what is on sale, the most used first."""
    counted = published_listings().order_by().values_list("shop__currency").annotate(n=Count("pk"))
    return [code for code, _n in sorted(counted, key=lambda row: (-row[1], row[0]))]


def _kinds(way: str) -> list[str]:
    """The makers' own words for what they sell, the most used first."""
    rows = published_listings().order_by().exclude(kind="")
    if way:
        rows = rows.filter(way=way)
    counted = rows.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")
    return [kind for kind, _n in counted[:KINDS_SHOWN]]


def example_listing(way: str) -> ListingCard | None:
    """A real thing that somebody sells in this way now."""
    rows = published_listings().filter(way=way, pictures__isnull=False).distinct()
    return next(iter(listing_cards(rows[:1])), None)
