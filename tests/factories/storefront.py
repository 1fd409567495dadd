"""What shoppers do on the pages, over HTTP."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from oscar.apps.basket.models import Basket

from creatorhub.sales.models import Checkout
from creatorhub.shops.models import Listing, PostPage, Shop
from creatorhub.shops.services.write_post import write_post

OUR_OWN = {"sec-fetch-site": "same-origin"}

PARCEL = {
    "email": "sara@example.com",
    "name": "سارة العتيبي",
    "country": "SA",
    "phone": "0512345678",
    "city": "الرياض",
    "street": "شارع العليا، خلف المسجد",
}


def a_shopper() -> Client:
    """A browser of somebody without an account, whose forms come from our pages."""
    return Client(headers=OUR_OWN, enforce_csrf_checks=False)


def put_into_basket(shopper: Client, listing: Listing, **wish: Any) -> Any:
    """Press the button on a product's page; the first variant unless another is named."""
    first = listing.variants.first()
    assert first is not None
    return shopper.post(reverse("storefront:basket_add"), {"variant": first.pk} | wish)


def basket_of(shopper: Client) -> Any:
    """The basket this browser uses now, as its own page reads it."""
    answer = shopper.get(reverse("storefront:basket"))
    return answer.context["page"]


def a_post(*, shop: Shop, title: str = "A quiet morning", **facts: Any) -> PostPage:
    """A live post of a shop, through the real service."""
    words = {"body": "<p>Coffee first.</p>", "author": shop.owner.user} | facts
    return write_post(shop=shop, title=title, **words)


def open_baskets() -> list[Basket]:
    return list(Basket.objects.filter(status=Basket.OPEN).order_by("pk"))


def check_out(shopper: Client, **changes: Any) -> Any:
    """Fill in the one page and confirm, as its form does."""
    page = shopper.get(reverse("storefront:checkout"))
    form = {"basket": page.context["basket_name"]} | PARCEL | changes
    return shopper.post(reverse("storefront:checkout"), form)


def only_checkout() -> Checkout:
    return Checkout.objects.get()
