"""P8: a guest buys one thing, here and in Oscar's own checkout, from the same catalogue."""

from __future__ import annotations

import re
from contextlib import nullcontext
from functools import partial
from itertools import count

from django.test import Client
from django.urls import reverse
from oscar.apps.order.models import Order

from benchmarks.counting import Cost, Side, a_browser, costing, in_turn
from benchmarks.goal import Goal, of_cost
from benchmarks.oscar_shop import as_oscar
from creatorhub.shops.models import Listing

ROUNDS, TIMES = 3, 5
PARCEL = {
    "email": "guest@example.com",
    "name": "Reem",
    "country": "SA",
    "phone": "0501234567",
    "city": "Riyadh",
    "street": "Olaya",
}
OSCAR_PARCEL = {
    "first_name": "Reem",
    "last_name": "A",
    "line1": "Olaya",
    "line4": "Riyadh",
    "postcode": "12211",
    "country": "SA",
}

_addresses = (f"10.0.{n // 250}.{n % 250 + 1}" for n in count())


def measure(listing: Listing) -> list[Goal]:
    """The whole way of a guest, and the request at its end by itself."""
    ours = Side(nullcontext, partial(buy_here, listing))
    theirs = Side(as_oscar, partial(buy_at_oscar, listing))
    in_turn(ours, theirs, rounds=ROUNDS, times=TIMES)
    way, end = "a guest's way to a placed order", "the request that places the order"
    return [
        *of_cost("P8.journey", way, ours.whole, theirs.whole, queries=1 / 3),
        *of_cost("P8.place", end, ours.part, theirs.part),
    ]


def buy_here(listing: Listing, journey: Cost, placing: Cost) -> None:
    """Product, basket, one page, and the order is placed."""
    # A guest may check out ten times in ten minutes; each of these lives elsewhere.
    client = a_browser(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=next(_addresses))
    placed, variant = Order.objects.count(), listing.variants.get()
    checkout = reverse("storefront:checkout")
    with costing(journey):
        client.get(reverse("storefront:product", args=[listing.shop.handle, listing.slug]))
        client.post(reverse("storefront:basket_add"), {"variant": variant.pk, "go": "checkout"})
        page = client.get(checkout).content.decode()
    found = re.search(r'name="basket" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("our checkout shows no form")
    with costing(journey), costing(placing):
        client.post(checkout, PARCEL | {"basket": found[1]})
    if Order.objects.count() != placed + 1:
        raise RuntimeError("our journey placed no order")


def buy_at_oscar(listing: Listing, journey: Cost, placing: Cost) -> None:
    """Product, basket, and the steps of Oscar's checkout until it has placed the order."""
    client = a_browser()
    placed = Order.objects.count()
    with costing(journey):
        _walk_oscars_steps(client, listing)
    with costing(journey), costing(placing):
        client.post(reverse("checkout:preview"), {"action": "place_order"})
    if Order.objects.count() != placed + 1:
        raise RuntimeError("Oscar's journey placed no order")


def _walk_oscars_steps(client: Client, listing: Listing) -> None:
    product = listing.product
    client.get(reverse("catalogue:detail", args=[product.slug, product.pk]))
    client.post(reverse("basket:add", args=[product.pk]), {"quantity": 1})
    client.get(reverse("basket:summary"))
    client.get(reverse("checkout:index"))
    client.post(
        reverse("checkout:index"), {"username": "guest@example.com", "options": "anonymous"}
    )
    client.get(reverse("checkout:shipping-address"))
    client.post(reverse("checkout:shipping-address"), OSCAR_PARCEL)
    client.get(reverse("checkout:shipping-method"))
    client.get(reverse("checkout:payment-method"))
    client.get(reverse("checkout:payment-details"))
    client.get(reverse("checkout:preview"))
