"""P5, as far as it is built: a product's page for a stranger, rendered anew each time."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from benchmarks.counting import Cost, costing
from benchmarks.goal import Goal, of_cost
from benchmarks.oscar_shop import as_oscar
from creatorhub.shops.models import Listing

TIMES = 20


def measure(listing: Listing) -> list[Goal]:
    """In turn, so that both sides meet the same machine."""
    ours, theirs = Cost(), Cost()
    look_here(listing, Cost())
    look_at_oscar(listing, Cost())
    for _ in range(TIMES):
        look_here(listing, ours)
        look_at_oscar(listing, theirs)
    return of_cost("P5.miss", "a product's page, nothing cached", ours, theirs, times=TIMES)


def look_here(listing: Listing, cost: Cost) -> None:
    _look(reverse("storefront:product", args=[listing.shop.handle, listing.slug]), cost)


def look_at_oscar(listing: Listing, cost: Cost) -> None:
    with as_oscar():
        product = listing.product
        _look(reverse("catalogue:detail", args=[product.slug, product.pk]), cost)


def _look(address: str, cost: Cost) -> None:
    client = Client()
    with costing(cost):
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
