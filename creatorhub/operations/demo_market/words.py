"""What the demo shops say about themselves, read from `shops/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from creatorhub.money import Money

FOLDER = Path(__file__).parent / "shops"
# The order in which shops open; the first one belongs to the creator whose login is shown.
HANDLES = (
    *("noor", "dallah", "khoyoot", "khatt"),
    *("fernandclay", "reelrecipes", "lumen", "slowletters"),
)


@dataclass(frozen=True, kw_only=True)
class ListingWords:
    """One listing. `stock` None is a download; `options` is one axis of variants.

    `prices` holds what a choice costs where it is not `price`.
    """

    title: str
    lead: str
    price: Money
    motif: str
    kind: str
    compare_at: Money | None = None
    stock: int | None = None
    way: str = "own_products"
    tags: list[str] = field(default_factory=list)
    options: dict[str, list[str]] = field(default_factory=dict)
    prices: dict[str, Money] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ShopWords:
    """One shop: its owner, its rules, its listings and posts."""

    handle: str
    name: str
    tagline: str
    owner_name: str
    owner_email: str
    country: str
    currency: str
    language: str
    brand_colour: str
    shipping_flat: Money
    shipping_free_above: Money | None
    rate_bps: int
    window_days: int
    listings: list[ListingWords]
    posts: list[dict[str, Any]]


@cache
def shop_words(handle: str) -> ShopWords:
    """The words of one shop."""
    said = yaml.safe_load((FOLDER / f"{handle}.yaml").read_text(encoding="utf-8"))
    currency = said["currency"]
    shipping = said.get("shipping", {})
    return ShopWords(
        handle=said["handle"],
        name=said["name"],
        tagline=said["tagline"],
        owner_name=said["owner"]["name"],
        owner_email=said["owner"]["email"],
        country=said["country"],
        currency=currency,
        language=said["language"],
        brand_colour=said["brand_colour"],
        shipping_flat=_money(shipping.get("flat", "0"), currency),
        shipping_free_above=_optional(shipping.get("free_above"), currency),
        rate_bps=said["programme"]["rate_bps"],
        window_days=said["programme"]["window_days"],
        listings=[_listing(words, currency) for words in said["listings"]],
        posts=said["posts"],
    )


def _listing(said: dict[str, Any], currency: str) -> ListingWords:
    amounts = {
        "price": _money(said["price"], currency),
        "compare_at": _optional(said.get("compare_at"), currency),
    }
    prices = {value: _money(price, currency) for value, price in said.get("prices", {}).items()}
    return ListingWords(**(said | amounts | {"prices": prices}))


def _money(amount: str, currency: str) -> Money:
    return Money.from_decimal(Decimal(amount), currency)


def _optional(amount: str | None, currency: str) -> Money | None:
    return _money(amount, currency) if amount else None
