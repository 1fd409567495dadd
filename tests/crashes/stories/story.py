"""One thing people do with money, told so that it can be cut off anywhere and taken up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now, travel_to
from creatorhub.payments.models import SandboxControls
from creatorhub.sales.models import Checkout, Sale
from creatorhub.shops.models import Listing, Shop
from tests.factories.sales import a_basket, a_click, an_affiliate, an_order, pay
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

MORE_THAN_ENOUGH = 100_000
LONG_AGO = dt.timedelta(days=40)

Facts = dict[str, Any]
"""What a child needs to know of its subject: numbers and words that fit into JSON."""


@dataclass(frozen=True)
class Stall:
    """A shop with a parcel and a download, and somebody's link to them."""

    shop: Shop
    affiliate: Party
    parcel: Listing
    download: Listing

    def basket(self) -> Any:
        return a_basket(self.parcel, self.download)

    def order(self) -> Checkout:
        """An order of both, shared by the affiliate; nobody has paid yet."""
        return an_order(self.parcel, self.download, clicks=[a_click(self.affiliate, self.parcel)])

    def sale(self, *, ago: dt.timedelta = dt.timedelta()) -> Sale:
        """The same, paid."""
        with travel_to(now() - ago):
            (sale,) = pay(self.order())
        return sale


def a_stall() -> Stall:
    """Opened before anything was sold: nobody earns from clicks before they joined."""
    with travel_to(now() - 2 * LONG_AGO):
        shop = a_shop()
        # Dear enough for a payout to everybody who earns from one sale.
        parcel = a_published_listing(shop=shop, price=100_000, stock=MORE_THAN_ENOUGH)
        return Stall(shop, an_affiliate(shop), parcel, a_download_listing(shop=shop))


def the_provider(**behaves: bool) -> None:
    """From now on it does this, and otherwise behaves well."""
    well = {"refuses_refunds": False, "refuses_transfers": False, "holds_events": False}
    SandboxControls.objects.update_or_create(id=1, defaults=well | behaves)


def no_news() -> None:
    """The sandbox tells by itself; see recovery."""


def nothing_is_open(**_facts: Any) -> bool:
    return False


@dataclass(frozen=True)
class Story:
    """`act` runs in the child and dies there. Repeated, it must not happen twice.

    `is_open` says whether a cut left something undone that nobody but the worker would finish.
    `around` opens what the story needs; `news` is a far side telling what was not heard.
    """

    name: str
    begin: Callable[[Stall], Facts]
    act: Callable[..., None]
    happened_once: Callable[..., None]
    is_open: Callable[..., bool] = nothing_is_open
    around: Callable[[], AbstractContextManager[None]] = nullcontext
    news: Callable[[], None] = no_news
