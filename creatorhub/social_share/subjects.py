"""What can be shared, in the few facts that captions, cards and page heads are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.images.models import Image

from creatorhub.money import Money
from creatorhub.shops.models import Listing, PostPage, Shop, Variant
from creatorhub.shops.oscar import Strategy, price_of

Shared = Listing | PostPage | Shop


@dataclass(frozen=True, slots=True)
class Subject:
    """One listing, post or shop. `language` is the language of its own words."""

    kind: str
    pk: int
    shop: Shop
    title: str
    summary: str
    language: str
    image: Image | None = None
    price: Money | None = None
    compare_at: Money | None = None
    is_available: bool = True
    slug: str = ""

    @property
    def is_rtl(self) -> bool:
        return self.language.startswith("ar")

    def path(self, language: str) -> str:
        """Its page's path in one language of the market."""
        with override(language):
            if self.kind == "shop":
                return reverse("storefront:shop", args=[self.shop.handle])
            name = "storefront:product" if self.kind == "listing" else "storefront:post"
            return reverse(name, args=[self.shop.handle, self.slug])

    def url(self, language: str) -> str:
        return settings.BASE_URL + self.path(language)


def subject_of(shared: Shared) -> Subject:
    """The facts of a listing, post or shop."""
    if isinstance(shared, Listing):
        return _of_listing(shared)
    return _of_shop(shared) if isinstance(shared, Shop) else _of_post(shared)


def shop_of_post(post: PostPage) -> Shop:
    """The shop whose page holds the post."""
    shop: Shop = post.get_parent().specific.shop
    return shop


def picture_of(listing: Listing) -> Image | None:
    first = listing.pictures.select_related("image").first()
    return first.image if first else None


def _of_listing(listing: Listing) -> Subject:
    cheapest = _cheapest(listing)
    return Subject(
        kind="listing",
        pk=listing.pk,
        shop=listing.shop,
        title=listing.title,
        summary=listing.lead or _plain(listing.description),
        language=listing.language,
        image=picture_of(listing),
        price=price_of(cheapest.product) if cheapest else None,
        compare_at=_compare_at(cheapest, listing.shop.currency) if cheapest else None,
        is_available=_is_available(listing),
        slug=listing.slug,
    )


def _of_post(post: PostPage) -> Subject:
    return Subject(
        kind="post",
        pk=post.pk,
        shop=shop_of_post(post),
        title=post.title,
        summary=_plain(post.body),
        language=post.language,
        image=post.picture or (picture_of(post.listing) if post.listing else None),
        slug=post.slug,
    )


def _of_shop(shop: Shop) -> Subject:
    return Subject(
        kind="shop",
        pk=shop.pk,
        shop=shop,
        title=shop.name,
        summary=shop.tagline,
        language=shop.language,
        image=shop.cover or shop.avatar,
    )


def _variants(listing: Listing) -> list[Variant]:
    return list(
        listing.variants.filter(is_offered=True)
        .select_related("listing__shop", "product__product_class", "product__parent__product_class")
        .prefetch_related("product__stockrecords")
    )


def _cheapest(listing: Listing) -> Variant | None:
    priced = [(price_of(variant.product), variant) for variant in _variants(listing)]
    known = [(price.minor, index, v) for index, (price, v) in enumerate(priced) if price]
    return min(known)[2] if known else None


def _compare_at(variant: Variant, currency: str) -> Money | None:
    return Money(variant.compare_at_minor, currency) if variant.compare_at_minor else None


def _is_available(listing: Listing) -> bool:
    """Whether any variant can be bought now."""
    strategy: Any = Strategy()  # type: ignore[no-untyped-call]  # Oscar has no types
    return any(
        strategy.fetch_for_product(variant.product).availability.is_available_to_buy
        for variant in _variants(listing)
    )


def _plain(html: str) -> str:
    return " ".join(strip_tags(html).split())
