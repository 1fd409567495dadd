"""P8: a guest buys one thing, here and in Oscar's own checkout, from the same catalogue."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse
from oscar.apps.order.models import Order

from benchmarks.counting import Cost, costing
from benchmarks.goal import Goal, of_cost
from benchmarks.oscar_shop import as_oscar
from creatorhub.shops.models import Listing

TIMES = 7  # A guest may check out ten times in ten minutes.
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


def measure(listing: Listing) -> list[Goal]:
    """Both journeys several times in turn; the first of each warms up and is not counted."""
    ours, theirs, our_post, their_post = Cost(), Cost(), Cost(), Cost()
    buy_here(listing, Cost(), Cost())
    buy_at_oscar(listing, Cost(), Cost())
    for _ in range(TIMES):
        buy_here(listing, ours, our_post)
        buy_at_oscar(listing, theirs, their_post)
    return [
        *of_cost(
            "P8.journey",
            "a guest's way to a placed order",
            ours,
            theirs,
            times=TIMES,
            queries=1 / 3,
        ),
        *of_cost(
            "P8.place", "the request that places the order", our_post, their_post, times=TIMES
        ),
    ]


def buy_here(listing: Listing, journey: Cost, placing: Cost) -> None:
    """Product, basket, one page, and the order is placed."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
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
    with as_oscar():
        client = Client()
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
