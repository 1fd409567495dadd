"""Which ways without a processor a shop offers for what is in a basket, and why one is not there.

A pure judgement of terms that were read already: the checkout shows it, placing an order enforces
it, and the shop's settings explain it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from creatorhub.money import Money
from creatorhub.offers.registry import way as way_to_earn
from creatorhub.payments.offline.gateway import BANK_TRANSFER, CASH_ON_DELIVERY
from creatorhub.sales.models import OfflineTerms
from creatorhub.shops.models import Shop

# Why a way is not offered for a basket, in the words of `OfflineWay.problem`.
SEVERAL_SHOPS = "several_shops"
NOT_OFFERED = "not_offered"
PAUSED = "paused"
DOWNLOADS = "downloads"
TOO_LITTLE = "too_little"
TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class OfflineWay:
    """One way for one basket. An empty `problem` means: it can be chosen."""

    gateway: str
    problem: str = ""
    limit: Money | None = None

    @property
    def is_open(self) -> bool:
        return not self.problem


def offline_ways(
    *, shops: Iterable[Shop], total: Money, has_downloads: bool, terms: OfflineTerms | None
) -> list[OfflineWay]:
    """Both ways for a basket of these shops; `terms` are those of its only shop, if it has any."""
    is_one = len(list(shops)) == 1
    ways = []
    for gateway in (CASH_ON_DELIVERY, BANK_TRANSFER):
        if gateway not in settings.PAYMENT_GATEWAYS:
            continue
        if not is_one:
            ways.append(OfflineWay(gateway, SEVERAL_SHOPS))
        elif gateway == CASH_ON_DELIVERY:
            ways.append(_cash(terms, total, has_downloads=has_downloads))
        else:
            ways.append(_transfer(terms))
    return ways


def terms_of(shop: Shop) -> OfflineTerms | None:
    """How this shop takes money itself; None when it never said that it does."""
    return OfflineTerms.objects.filter(shop=shop).first()


def ways_of_shop(terms: OfflineTerms | None) -> list[str]:
    """The ways a shop offers now, whatever is bought: for its pages."""
    if terms is None or terms.is_paused:
        return []
    offered = ((CASH_ON_DELIVERY, terms.takes_cash), (BANK_TRANSFER, terms.takes_transfers))
    return [name for name, is_on in offered if is_on and name in settings.PAYMENT_GATEWAYS]


def has_downloads(listings: Iterable[Any]) -> bool:
    """Whether anything of it is not brought to a door."""
    return any(not way_to_earn(listing.way).sends_parcels for listing in listings)


def _cash(terms: OfflineTerms | None, total: Money, *, has_downloads: bool) -> OfflineWay:
    if terms is None or not terms.takes_cash:
        return OfflineWay(CASH_ON_DELIVERY, NOT_OFFERED)
    if terms.is_paused:
        return OfflineWay(CASH_ON_DELIVERY, PAUSED)
    if has_downloads:
        return OfflineWay(CASH_ON_DELIVERY, DOWNLOADS)
    least = Money(terms.cash_from_minor or 0, total.currency)
    if total < least:
        return OfflineWay(CASH_ON_DELIVERY, TOO_LITTLE, least)
    if terms.cash_up_to_minor is not None:
        most = Money(terms.cash_up_to_minor, total.currency)
        if total > most:
            return OfflineWay(CASH_ON_DELIVERY, TOO_MUCH, most)
    return OfflineWay(CASH_ON_DELIVERY)


def _transfer(terms: OfflineTerms | None) -> OfflineWay:
    if terms is None or not terms.takes_transfers:
        return OfflineWay(BANK_TRANSFER, NOT_OFFERED)
    return OfflineWay(BANK_TRANSFER, PAUSED if terms.is_paused else "")
