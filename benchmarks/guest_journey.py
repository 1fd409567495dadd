"""P8: a guest buys one thing, here and in Oscar's own checkout, from the same catalogue."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from oscar.apps.address.models import Country
from oscar.apps.order.models import Order

from benchmarks.counting import Cost, costing
from benchmarks.goal import Goal
from creatorhub.money import Money
from creatorhub.shops.models import Listing
from tests.factories.shops import a_published_listing, a_shop

TIMES = 5
OSCAR_CONTEXT = [
    "oscar.apps.search.context_processors.search_form",
    "oscar.apps.checkout.context_processors.checkout",
    "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
]
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


def measure() -> list[Goal]:
    """Both journeys several times in turn; the first of each warms up and is not counted."""
    # Oscar numbers orders by their basket, from 100001; ours go on far above.
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('sales_order_number', 900000)")
    shop = a_shop()
    listing = a_published_listing(shop=shop, price=Money(5000, shop.currency), stock=1000)
    Country.objects.update_or_create(
        iso_3166_1_a2="SA",
        defaults={"is_shipping_country": True, "printable_name": "Saudi Arabia", "name": "SA"},
    )
    ours, theirs = Cost(), Cost()
    buy_here(listing, Cost())
    buy_at_oscar(listing, Cost())
    for _ in range(TIMES):
        buy_here(listing, ours)
        buy_at_oscar(listing, theirs)
    return [
        Goal(
            "P8.journey",
            "statements of the whole guest journey, per order",
            ours.queries / TIMES,
            theirs.queries / TIMES,
            at_most=1 / 3,
        ),
        Goal(
            "P8.cpu",
            "CPU of the whole guest journey, per order, in ms; its goal comes with milestone 2",
            round(ours.cpu_seconds * 1000 / TIMES, 1),
            round(theirs.cpu_seconds * 1000 / TIMES, 1),
            at_most=None,
        ),
    ]


def buy_here(listing: Listing, journey: Cost) -> None:
    """Product, basket, one page, and the order is placed."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    placed = Order.objects.count()
    with costing(journey):
        client.get(reverse("storefront:product", args=[listing.shop.handle, listing.slug]))
        variant = listing.variants.get()
        client.post(reverse("storefront:basket_add"), {"variant": variant.pk, "go": "checkout"})
        page = client.get(reverse("storefront:checkout"))
        client.post(
            reverse("storefront:checkout"), PARCEL | {"basket": page.context["basket_name"]}
        )
    if Order.objects.count() != placed + 1:
        raise RuntimeError("our journey placed no order")


def buy_at_oscar(listing: Listing, journey: Cost) -> None:
    """Product, basket, and the steps of Oscar's checkout until it has placed the order."""
    with override_settings(**_as_oscar()):
        client = Client()
        placed = Order.objects.count()
        with costing(journey):
            _walk_oscars_steps(client, listing)
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


def _as_oscar() -> dict[str, Any]:
    """Oscar's urls, basket and context on our settings."""
    (templates,) = settings.TEMPLATES
    options = templates["OPTIONS"]
    context = [*options["context_processors"], *OSCAR_CONTEXT]
    return {
        "ROOT_URLCONF": "benchmarks.oscar_urls",
        "TEMPLATES": [templates | {"OPTIONS": options | {"context_processors": context}}],
        "MIDDLEWARE": [
            "oscar.apps.basket.middleware.BasketMiddleware"
            if name == "creatorhub.storefront.oscar.BasketMiddleware"
            else name
            for name in settings.MIDDLEWARE
        ],
        "OSCAR_REQUIRED_ADDRESS_FIELDS": ("first_name", "last_name", "line1", "line4", "country"),
    }
