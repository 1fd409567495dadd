"""Writing a listing: its words, its state, and the Oscar product behind it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _
from oscar.apps.catalogue.models import Product, ProductClass

from creatorhub.foundation.clock import now
from creatorhub.foundation.rich_text import clean_html
from creatorhub.money import Money
from creatorhub.shops.languages import language_of
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.services.index_listing import index_listing
from creatorhub.shops.services.set_variants import (
    VariantDraft,
    name_products,
    offered_variants,
    set_variants,
)

DOWNLOADS = "downloads"
OWN_PRODUCTS = "own_products"
_WORDS = frozenset({"title", "lead", "description", "language", "kind", "tags", "slug"})

__all__ = [
    "DOWNLOADS",
    "OWN_PRODUCTS",
    "ListingError",
    "VariantDraft",
    "archive_listing",
    "create_listing",
    "publish_listing",
    "set_variants",
    "unpublish_listing",
    "update_listing",
]


class ListingError(ValueError):
    """A listing that cannot be shown as it is. The message is a sentence for its creator."""


@transaction.atomic
def create_listing(
    *,
    shop: Shop,
    way: str,
    title: str,
    price: Money,
    stock: int | None = None,
    lead: str = "",
    description: str = "",
    language: str | None = None,
    kind: str = "",
    tags: Sequence[str] = (),
    import_handle: str = "",
) -> Listing:
    """A draft with one variant. `stock` None means untracked. MoneyError on another currency."""
    listing = Listing.objects.create(
        shop=shop,
        product=_product(way, title),
        way=way,
        slug=_free_slug(shop, title),
        title=title.strip(),
        lead=lead.strip(),
        description=clean_html(description),
        language=language or language_of(f"{title} {lead}", shop.language),
        kind=kind.strip(),
        tags=_tidy(tags),
        import_handle=import_handle,
        created_at=now(),
    )
    set_variants(
        listing=listing,
        variants=[VariantDraft(price=price, stock=None if way == DOWNLOADS else stock)],
    )
    index_listing(listing=listing)
    return listing


@transaction.atomic
def update_listing(*, listing: Listing, **changes: Any) -> Listing:
    """Change any of title, lead, description, language, kind, tags and slug."""
    if unknown := changes.keys() - _WORDS:
        raise TypeError(f"a listing has no {', '.join(sorted(unknown))} to write")
    if "description" in changes:
        changes["description"] = clean_html(changes["description"])
    if "tags" in changes:
        changes["tags"] = _tidy(changes["tags"])
    if "title" in changes and listing.published_at is None:
        changes.setdefault("slug", changes["title"])  # Nobody has its address yet.
    if "slug" in changes:
        changes["slug"] = _free_slug(listing.shop, changes["slug"], besides=listing)
    for name, value in changes.items():
        setattr(listing, name, value.strip() if isinstance(value, str) else value)
    listing.save(update_fields=list(changes))
    if "title" in changes:
        name_products(listing=listing)
    touch(listing=listing)
    index_listing(listing=listing)
    return listing


@transaction.atomic
def publish_listing(*, listing: Listing) -> Listing:
    """Show a draft to everyone. ListingError says what is missing."""
    _refuse_taken_down(listing)
    variants = offered_variants(listing=listing)
    if not listing.title:
        raise ListingError(_("Give this product a title first."))
    if not variants:
        raise ListingError(_("Give this product a price first."))
    if listing.way != DOWNLOADS and not all(_price(variant) for variant in variants):
        raise ListingError(_("Give this product a price first."))
    listing.published_at = listing.published_at or now()
    _move(listing, Listing.State.PUBLISHED)
    return listing


@transaction.atomic
def unpublish_listing(*, listing: Listing) -> Listing:
    """Make it a draft again; those who bought it keep what they bought."""
    _refuse_taken_down(listing)
    _move(listing, Listing.State.DRAFT)
    return listing


@transaction.atomic
def archive_listing(*, listing: Listing) -> Listing:
    """Put it away. Orders, links and libraries that name it keep working."""
    _refuse_taken_down(listing)
    _move(listing, Listing.State.ARCHIVED)
    return listing


def touch(*, listing: Listing) -> None:
    """Raise the version: cached pages and preview cards of this listing are out of date."""
    Listing.objects.filter(pk=listing.pk).update(version=F("version") + 1)
    listing.refresh_from_db(fields=["version"])


def _move(listing: Listing, state: str) -> None:
    listing.state = state
    listing.save(update_fields=["state", "published_at"])
    Product.objects.filter(pk=listing.product_id).update(is_public=state == Listing.State.PUBLISHED)
    touch(listing=listing)


def _refuse_taken_down(listing: Listing) -> None:
    if listing.state == Listing.State.TAKEN_DOWN:
        raise ListingError(_("The market's staff took this product down. Write to them about it."))


def _price(variant: Any) -> Any:
    stock = variant.product.stockrecords.first()
    return stock.price if stock else None


def _product(way: str, title: str) -> Product:
    product_class = ProductClass.objects.get(slug="download" if way == DOWNLOADS else "goods")
    return Product.objects.create(
        structure=Product.STANDALONE,
        title=title.strip()[:255],
        slug=slugify(title)[:255] or "product",
        product_class=product_class,
        is_public=False,
    )


def _free_slug(shop: Shop, title: str, besides: Listing | None = None) -> str:
    stem = slugify(title, allow_unicode=True)[:100].strip("-_") or secrets.token_hex(4)
    others = Listing.objects.filter(shop=shop, slug__startswith=stem)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    taken = set(others.values_list("slug", flat=True))
    if stem not in taken and stem != "posts":
        return stem
    return next(slug for number in range(2, 10_000) if (slug := f"{stem}-{number}") not in taken)


def _tidy(tags: Sequence[str]) -> list[str]:
    kept: dict[str, str] = {}
    for tag in tags:
        word = " ".join(str(tag).split())[:40]
        if word:
            kept.setdefault(word.casefold(), word)
    return list(kept.values())[:30]
