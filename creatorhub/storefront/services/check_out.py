"""From a filled-in page to an order and the page where it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from oscar.apps.basket.models import Basket

from creatorhub.accounts.models import User
from creatorhub.payments.errors import PaymentError
from creatorhub.sales.baskets import copy_basket
from creatorhub.sales.contact import Address, Contact
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.place_order import (
    Placed,
    page_of,
    payment_page,
    write_order,
)
from creatorhub.social_share.touch_cookie import SignedClick
from creatorhub.storefront.selectors.basket_page import basket_page
from creatorhub.storefront.services.open_baskets import OpenBaskets

_signer = Signer(salt="storefront.checkout")
PARCEL, FILE = "parcel", "file"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a sent form was shown for. `earlier` is the order that it became already."""

    basket: Basket
    sends_parcels: bool
    earlier: Checkout | None = None


def check_out(
    *,
    basket: Basket,
    baskets: OpenBaskets,
    filled_in: dict[str, Any],
    user: User | None,
    clicks: Sequence[SignedClick],
    language: str,
) -> str:
    """Place the order of a basket; returns where to go on. Raises the CheckoutRefusedErrors."""
    placed = _place(basket, filled_in, user, clicks, language)
    baskets.drop(basket.pk)
    try:
        page = page_of(placed)
    except PaymentError:
        page = ""  # The order is placed; only its page could not be had. It waits on its own page.
    return page or _page_of_order(placed.checkout)


def try_again(*, checkout: Checkout, baskets: OpenBaskets) -> None:
    """Put what an unpaid order held into a new basket, in use from now on."""
    copied = copy_basket(checkout=checkout)
    baskets.adopt(copied, currency=checkout.order.currency)


def _place(
    basket: Basket,
    filled_in: dict[str, Any],
    user: User | None,
    clicks: Sequence[SignedClick],
    language: str,
) -> Placed:
    return write_order(
        basket=basket,
        contact=Contact(
            email=filled_in["email"],
            phone=filled_in.get("phone", ""),
            name=filled_in.get("name", ""),
            language=language,
        ),
        address=_address(filled_in),
        user=user,
        note=filled_in.get("note", ""),
        clicks=list(clicks),
        gateway=filled_in["pay"],
    )


def where_to_pay(*, checkout: Checkout) -> str:
    """The hosted page of this order; its own page when nothing is left to pay.

    Called outside any transaction: it speaks to the processor. A processor that does not answer
    loses nothing: the order waits on its own page, which asks again.
    """
    try:
        page = payment_page(checkout=checkout)
    except PaymentError:
        page = ""
    return page or _page_of_order(checkout)


def name_of_form(*, basket_id: int, sends_parcels: bool) -> str:
    """What the form carries: which basket it is for, and whether it asks for an address.

    So a sent form needs no look into the basket before it is read, and sending it twice finds the
    first order.
    """
    return _signer.sign(f"{basket_id}-{PARCEL if sends_parcels else FILE}")


def asked_for(*, baskets: OpenBaskets, named: str) -> Asked:
    """What a sent form is for: the basket it names, if it is the visitor's, else the one in use."""
    basket_id, kind = _named(named)
    basket = baskets.named(basket_id) if basket_id else None
    if basket is not None:
        return Asked(basket, kind == PARCEL)
    basket = baskets.current.basket
    return Asked(basket, basket_page(basket).sends_parcels, earlier_checkout(named))


def earlier_checkout(named: str) -> Checkout | None:
    """The order that this form already became, if it did."""
    basket_id, _kind = _named(named)
    return Checkout.objects.filter(order__basket_id=basket_id).first() if basket_id else None


def _named(named: str) -> tuple[int, str]:
    """The basket and the kind a form carries; nothing when it was not signed by us."""
    try:
        basket_id, _dash, kind = _signer.unsign(named).partition("-")
        return int(basket_id), kind
    except (BadSignature, ValueError):
        return 0, ""


def _page_of_order(checkout: Checkout) -> str:
    return reverse("storefront:checkout_return", args=[checkout.token])


def _address(filled_in: dict[str, Any]) -> Address | None:
    if "street" not in filled_in:
        return None
    return Address(
        name=filled_in["name"],
        phone=filled_in["phone"],
        country=filled_in["country"],
        line1=filled_in["street"],
        line2=filled_in["district"],
        city=filled_in["city"],
        postcode=filled_in["postcode"],
    )
