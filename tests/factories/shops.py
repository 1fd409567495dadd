"""Shops and listings for tests, made through the real services."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from PIL import Image

from creatorhub.accounts.models import Party, User
from creatorhub.accounts.services import party_of
from creatorhub.money import Money
from creatorhub.shops.models import ImportRun, Listing, Shop
from creatorhub.shops.services.add_picture import add_picture
from creatorhub.shops.services.import_products.check_import import check_import
from creatorhub.shops.services.open_shop import open_shop
from creatorhub.shops.services.write_listing import (
    DOWNLOADS,
    OWN_PRODUCTS,
    VariantDraft,
    create_listing,
    publish_listing,
    set_variants,
)
from tests.factories.accounts import a_user

_numbers = count(1)
# Names far apart to an eye: handles that look alike are refused.
_NAMES = [
    *("amber", "birch", "cedar", "dunes", "ember", "fjord"),
    *("grove", "heron", "juniper", "kestrel", "maple", "nectar"),
]


def a_shop(*, owner: Party | User | None = None, **facts: Any) -> Shop:
    """An open shop that sells in riyals, in English, unless told otherwise."""
    if not isinstance(owner, Party):
        owner = party_of(user=owner or a_user())
    number = next(_numbers)
    name = f"{_NAMES[number % len(_NAMES)]}-{number}q"
    wanted = {
        "name": name.title(),
        "handle": name,
        "country": "SA",
        "currency": "SAR",
        "language": "en",
        "brand_colour": "#0f5a52",
    }
    return open_shop(owner=owner, **(wanted | facts))


def money(amount: Money | int | str, shop: Shop) -> Money:
    """Minor units as an int, or Money as it is."""
    return amount if isinstance(amount, Money) else Money(int(amount), shop.currency)


def a_listing(
    *, shop: Shop | None = None, price: Money | int = 10_000, stock: int | None = 5, **facts: Any
) -> Listing:
    """A draft of something physical. `price` as Money, or in minor units of the shop's currency."""
    shop = shop or a_shop()
    wanted = {"way": OWN_PRODUCTS, "title": f"Thing {next(_numbers)}"} | facts
    return create_listing(shop=shop, price=money(price, shop), stock=stock, **wanted)


def a_published_listing(
    *, shop: Shop | None = None, price: Money | int = 10_000, stock: int | None = 5, **facts: Any
) -> Listing:
    """Something physical on sale."""
    return publish_listing(listing=a_listing(shop=shop, price=price, stock=stock, **facts))


def a_download_listing(
    *, shop: Shop | None = None, price: Money | int = 4_900, **facts: Any
) -> Listing:
    """Something to download, on sale; its files are added by offers."""
    wanted = {"way": DOWNLOADS, "title": f"Planner {next(_numbers)}"} | facts
    return a_published_listing(shop=shop, price=price, stock=None, **wanted)


def a_listing_with_variants(
    *, shop: Shop | None = None, stocks: tuple[int | None, ...] = (3, 4), price: int = 10_000
) -> Listing:
    """A published listing in as many colours as there are stocks."""
    listing = a_listing(shop=shop, price=price)
    colours = ["Blue", "Black", "Red", "Green", "White"]
    set_variants(
        listing=listing,
        variants=[
            VariantDraft(price=money(price, listing.shop), stock=stock, options={"Colour": colour})
            for colour, stock in zip(colours, stocks, strict=False)
        ],
    )
    return publish_listing(listing=listing)


def picture_bytes(*, size: tuple[int, int] = (900, 1200), kind: str = "JPEG", **save: Any) -> bytes:
    """A small drawn picture as a file's bytes."""
    target = io.BytesIO()
    Image.new("RGB", size, "#b4532a").save(target, kind, **save)
    return target.getvalue()


def with_picture(listing: Listing, *, alt: str = "") -> Listing:
    """The listing with one more picture."""
    add_picture(listing=listing, file=picture_bytes(), alt=alt)
    return listing


def an_import(*, shop: Shop | None = None) -> ImportRun:
    """A checked import with one good and one refused row."""
    raw = b"Handle,Title,Variant Price\nlamp,Lamp,59\nchair,Chair,cheap\n"
    return check_import(shop=shop or a_shop(), filename="products.csv", raw=raw)
