"""P8: a guest buys one thing, here and in Oscar's own checkout, from the same catalogue."""

from __future__ import annotations

import re
from contextlib import nullcontext
from functools import partial
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from oscar.apps.order.models import Order

from benchmarks.counting import Meter, Side, a_browser, in_turn
from benchmarks.goal import Goal, at_most, of_cost
from benchmarks.oscar_shop import as_oscar
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.shops.models import Listing
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.services import link_for
from tests.factories.sales import an_affiliate

ROUNDS, TIMES = 3, 10
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
    """The whole way of a guest, what they send at its end, and the last request by itself."""
    ours = Side(nullcontext, partial(buy_here, listing, a_link_to(listing)))
    theirs = Side(as_oscar, partial(buy_at_oscar, listing))
    in_turn(ours, theirs, rounds=ROUNDS, times=TIMES)
    way, sent = "a guest's way to a placed order", "from what a guest typed to a placed order"
    last = "the last request by itself; Oscar has the address already, we have not"
    here, there = ours.meter, theirs.meter
    return [
        *of_cost("P8.journey", way, here["journey"], there["journey"], queries=1 / 3),
        *of_cost("P8.sent", sent, here["sent"], there["sent"], cpu=1 / 3),
        *of_cost("P8.last", last, here["last"], there["last"]),
        at_most("P8.checkout", "statements of the checkout's POST", here["sent"].queries, 12),
        at_most("P8.transactions", "its transactions", here["sent"].transactions, 2),
    ]


def a_link_to(listing: Listing) -> ShareLink:
    """Almost every shopper comes by somebody's link, so ours carries a click that may earn."""
    return link_for(sharer=an_affiliate(listing.shop), listing=listing)


def buy_here(listing: Listing, link: ShareLink, meter: Meter) -> None:
    """Product, basket, one page, and the order is placed."""
    # A guest may check out ten times in ten minutes; each of these lives elsewhere.
    client = a_browser(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=next(_addresses))
    placed, variant = Order.objects.count(), listing.variants.get()
    checkout = reverse("storefront:checkout")
    client.get(f"/s/{link.code}")
    with meter("journey"):
        client.get(reverse("storefront:product", args=[listing.shop.handle, listing.slug]))
        client.post(reverse("storefront:basket_add"), {"variant": variant.pk, "go": "checkout"})
        page = client.get(checkout).content.decode()
    found = re.search(r'name="basket" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("our checkout shows no form")
    # Each worker reads these once a second, for everybody; no request should pay for the others.
    policy()
    now()
    with meter("journey", "sent", "last"):
        client.post(checkout, PARCEL | {"basket": found[1]})
    if Order.objects.count() != placed + 1:
        raise RuntimeError("our journey placed no order")


def buy_at_oscar(listing: Listing, meter: Meter) -> None:
    """Product, basket, and the steps of Oscar's checkout until it has placed the order."""
    client = a_browser()
    placed = Order.objects.count()
    _walk_oscars_steps(client, listing, meter)
    with meter("journey", "sent", "last"):
        client.post(reverse("checkout:preview"), {"action": "place_order"})
    if Order.objects.count() != placed + 1:
        raise RuntimeError("Oscar's journey placed no order")


def _walk_oscars_steps(client: Client, listing: Listing, meter: Meter) -> None:
    """ "sent" is what our one POST does as well: no page is drawn in it, on either side."""
    product, guest = listing.product, {"username": PARCEL["email"], "options": "anonymous"}
    with meter("journey"):
        client.get(reverse("catalogue:detail", args=[product.slug, product.pk]))
        client.post(reverse("basket:add", args=[product.pk]), {"quantity": 1})
        client.get(reverse("basket:summary"))
        client.get(reverse("checkout:index"))
    with meter("journey", "sent"):
        client.post(reverse("checkout:index"), guest)
    with meter("journey"):
        client.get(reverse("checkout:shipping-address"))
    with meter("journey", "sent"):
        client.post(reverse("checkout:shipping-address"), OSCAR_PARCEL)
        # Two steps that choose what there is no choice of, and lead on.
        _leads_on(client.get(reverse("checkout:shipping-method")))
        _leads_on(client.get(reverse("checkout:payment-method")))
    with meter("journey"):
        client.get(reverse("checkout:payment-details"))
        client.get(reverse("checkout:preview"))


def _leads_on(answer: Any) -> None:
    if answer.status_code != 302:
        raise RuntimeError(f"Oscar drew a page: {answer.status_code}")
