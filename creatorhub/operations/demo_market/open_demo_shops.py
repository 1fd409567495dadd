"""Opening the eight demo shops with their listings, pictures and programmes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from creatorhub.accounts.services import party_of
from creatorhub.affiliates.services import open_programme
from creatorhub.foundation.clock import now, travel_to
from creatorhub.offers.access.services import add_file
from creatorhub.operations.demo_market.drawings import VIEWS, draw_still_life
from creatorhub.operations.demo_market.people import make_owner
from creatorhub.operations.demo_market.words import HANDLES, ListingWords, ShopWords, shop_words
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.services.add_picture import add_picture
from creatorhub.shops.services.open_shop import open_shop
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from creatorhub.shops.services.write_listing import create_listing, publish_listing
from creatorhub.shops.services.write_post import write_post

BETWEEN_LISTINGS = dt.timedelta(hours=2)
# The first listings of each shop are photographed from nearby too.
SHOWN_CLOSELY = 2
BETWEEN_POSTS = dt.timedelta(days=7)


def open_demo_shops(*, last_post_at: dt.datetime, handles: Sequence[str] = HANDLES) -> list[Shop]:
    """All of them, listings in turns, so that the market's newest are from everywhere."""
    moment = now()
    words = [shop_words(handle) for handle in handles]
    shops = [_open(shop) for shop in words]
    listings: dict[str, list[Listing]] = {handle: [] for handle in handles}
    for place in range(max(len(shop.listings) for shop in words)):
        for shop, said in zip(shops, words, strict=True):
            moment += BETWEEN_LISTINGS
            with travel_to(moment):
                listings[shop.handle].append(_list(shop, said.listings[place], place))
    posts = [(shop, post) for shop, said in zip(shops, words, strict=True) for post in said.posts]
    for number, (shop, post) in enumerate(posts):
        with travel_to(last_post_at - BETWEEN_POSTS * number):
            _post(shop, post, listings[shop.handle])
    return shops


def _open(words: ShopWords) -> Shop:
    owner = make_owner(
        name=words.owner_name,
        email=words.owner_email,
        language=words.language,
        country=words.country,
    )
    shop = open_shop(
        owner=party_of(user=owner),
        name=words.name,
        handle=words.handle,
        country=words.country,
        currency=words.currency,
        language=words.language,
        brand_colour=words.brand_colour,
        tagline=words.tagline,
    )
    shop.shipping_flat_minor = words.shipping_flat.minor
    free_above = words.shipping_free_above
    shop.shipping_free_above_minor = free_above.minor if free_above else None
    shop.save(update_fields=["shipping_flat_minor", "shipping_free_above_minor"])
    open_programme(shop=shop, rate_bps=words.rate_bps, window_days=words.window_days, actor=owner)
    return shop


def _list(shop: Shop, words: ListingWords, place: int) -> Listing:
    listing = create_listing(
        shop=shop,
        way=words.way,
        title=words.title,
        price=words.price,
        stock=words.stock,
        lead=words.lead,
        description=f"<p>{words.lead}</p>",
        kind=words.kind,
        tags=words.tags,
    )
    only = VariantDraft(
        price=words.price,
        compare_at=words.compare_at,
        stock=words.stock,
        pk=listing.variants.get().pk,
    )
    set_variants(listing=listing, variants=_variants(only, words))
    views = VIEWS if place < SHOWN_CLOSELY else VIEWS[:1]
    for view in views:
        picture = draw_still_life(
            motif=words.motif, title=words.title, brand=shop.brand_colour, view=view
        )
        add_picture(listing=listing, file=picture, alt=words.title)
    if words.way == "downloads":
        add_file(listing=listing, upload=_file(words))
    return publish_listing(listing=listing)


def _variants(only: VariantDraft, words: ListingWords) -> list[VariantDraft]:
    """One variant per option; the stock is shared out between them."""
    if not words.options:
        return [only]
    (axis, values), *_ = words.options.items()
    each = words.stock // len(values) if words.stock is not None else None
    return [
        replace(
            only,
            options={axis: value},
            stock=each,
            price=words.prices.get(value, words.price),
            compare_at=None if value in words.prices else words.compare_at,
            pk=only.pk if place == 0 else None,
        )
        for place, value in enumerate(values)
    ]


def _file(words: ListingWords) -> SimpleUploadedFile:
    """The goods of a demo download: a page of text that says what it stands for."""
    text = f"{words.title}\n\n{words.lead}\n"
    return SimpleUploadedFile(f"{words.title[:60]}.txt", text.encode(), "text/plain")


def _post(shop: Shop, post: dict[str, Any], listings: list[Listing]) -> None:
    listing = listings[post["listing"]]
    write_post(
        shop=shop,
        title=post["title"],
        body=post["body"],
        picture=listing.pictures.first().image,
        listing=listing,
        language=shop.language,
        author=shop.owner.user,
    )
