"""How many of something can still be bought."""

from __future__ import annotations

from typing import Any

from creatorhub.offers import registry
from creatorhub.shops.models import Variant


def left_of(*, variant: Variant, stockrecord: Any) -> int | None:
    """Pieces that nobody has bought or is paying for; None where nobody counts them.

    Needs `variant.listing`; costs no query of its own.
    """
    if stockrecord is None:
        return 0
    if stockrecord.num_in_stock is None or not registry.way(variant.listing.way).sends_parcels:
        return None
    return max(0, int(stockrecord.net_stock_level))


def is_on_sale(variant: Variant) -> bool:
    """Whether anyone may buy this variant at all, whatever the stock."""
    listing = variant.listing
    return variant.is_offered and listing.is_published and listing.shop.is_visible
