"""One thing that both sides sell."""

from __future__ import annotations

from django.db import connection
from oscar.apps.address.models import Country

from creatorhub.shops.models import Listing
from tests.factories.shops import a_published_listing, a_shop


def a_stall() -> Listing:
    """A listing with plenty of stock, and the country its buyers live in."""
    # Oscar numbers orders by their basket, from 100001; ours go on far above.
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('sales_order_number', 900000)")
    Country.objects.update_or_create(
        iso_3166_1_a2="SA",
        defaults={"is_shipping_country": True, "printable_name": "Saudi Arabia", "name": "SA"},
    )
    return a_published_listing(shop=a_shop(), price=5000, stock=1000)
