"""What can be shared, in the few facts that captions, cards and page heads are made from."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.images.models import Image

from creatorhub.money import Money
from creatorhub.shops.models import Listing, PostPage, Shop, Variant
from creatorhub.shops.selectors import price_of, stock_of, variants_of

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


def _of_listing(listing: Listing) -> Subject:
    variants = variants_of(listing)
    cheapest = min(variants, key=lambda variant: price_of(variant).minor, default=None)
    return Subject(
        kind="listing",
        pk=listing.pk,
        shop=listing.shop,
        title=listing.title,
        summary=listing.lead or _plain(listing.description),
        language=listing.language,
        image=_first_image(listing),
        price=price_of(cheapest) if cheapest else None,
        compare_at=_compare_at(cheapest, listing.shop.currency) if cheapest else None,
        is_available=any(stock_of(variant) != 0 for variant in variants),
        slug=listing.slug,
    )


def _first_image(listing: Listing) -> Image | None:
    pictures = list(listing.pictures.all())
    return pictures[0].image if pictures else None


def _of_post(post: PostPage) -> Subject:
    return Subject(
        kind="post",
        pk=post.pk,
        shop=shop_of_post(post),
        title=post.title,
        summary=_plain(post.body),
        language=post.language,
        image=post.picture or (_first_image(post.listing) if post.listing else None),
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


def _compare_at(variant: Variant, currency: str) -> Money | None:
    return Money(variant.compare_at_minor, currency) if variant.compare_at_minor else None


def _plain(html: str) -> str:
    return " ".join(strip_tags(html).split())
