"""The ways to earn of this market, in the order people see them."""

from __future__ import annotations

from creatorhub.offers.errors import UnknownWayError
from creatorhub.offers.way import Engine, Way
from creatorhub.offers.ways.downloads import DOWNLOADS
from creatorhub.offers.ways.own_products import OWN_PRODUCTS
from creatorhub.offers.ways.own_shop import OWN_SHOP

_WAYS = {way.key: way for way in (OWN_PRODUCTS, OWN_SHOP, DOWNLOADS)}


def all_ways() -> list[Way]:
    """Every way, for the page that shows how one can earn here."""
    return list(_WAYS.values())


def selling_ways() -> list[Way]:
    """The ways a listing can be made in."""
    return [way for way in _WAYS.values() if way.sells]


def way(key: str) -> Way:
    """The way a listing names; UnknownWayError when this market does not have it."""
    try:
        return _WAYS[key]
    except KeyError:
        raise UnknownWayError(key) from None


def engine_of(key: str) -> Engine:
    """The engine behind a way; UnknownWayError when the way sells nothing by itself."""
    engine = way(key).engine
    if engine is None:
        raise UnknownWayError(key)
    return engine
