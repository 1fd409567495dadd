"""P5, as far as it is built: a product's page for a stranger, rendered anew each time."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial

from django.urls import reverse

from benchmarks.counting import Meter, Side, a_browser, in_turn
from benchmarks.goal import Goal, of_cost
from benchmarks.oscar_shop import as_oscar
from creatorhub.shops.models import Listing

ROUNDS, TIMES = 3, 15


def measure(listing: Listing) -> list[Goal]:
    """The same product at both."""
    ours, theirs = (
        Side(nullcontext, partial(_here, listing)),
        Side(as_oscar, partial(_oscar, listing)),
    )
    in_turn(ours, theirs, rounds=ROUNDS, times=TIMES)
    return of_cost(
        "P5.miss", "a product's page, nothing cached", ours.meter["page"], theirs.meter["page"]
    )


def _here(listing: Listing, meter: Meter) -> None:
    _look(reverse("storefront:product", args=[listing.shop.handle, listing.slug]), meter)


def _oscar(listing: Listing, meter: Meter) -> None:
    product = listing.product
    _look(reverse("catalogue:detail", args=[product.slug, product.pk]), meter)


def _look(address: str, meter: Meter) -> None:
    client = a_browser()
    with meter("page"):
        answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
