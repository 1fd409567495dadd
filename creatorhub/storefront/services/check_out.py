"""From a filled-in page to an order and the page where it is paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from oscar.apps.basket.models import Basket

from creatorhub.accounts.models import User
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.baskets import copy_basket
from creatorhub.sales.contact import Address, Contact
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.place_order import payment_page, place_order
from creatorhub.social_share.touch_cookie import SignedClick
from creatorhub.storefront.services.open_baskets import OpenBaskets

_signer = Signer(salt="storefront.checkout")


def check_out(
    *,
    baskets: OpenBaskets,
    filled_in: dict[str, Any],
    user: User | None,
    clicks: Sequence[SignedClick],
    language: str,
) -> Checkout:
    """Place the order of the basket in use. Raises what `place_order` raises."""
    basket = baskets.current.basket
    try:
        checkout = _place(basket, filled_in, user, clicks, language)
    except PaymentError:
        # The order is placed; only its page could not be had. It waits on the order's own page.
        checkout = Checkout.objects.get(order__basket_id=basket.pk)
    baskets.drop(basket.pk)
    return checkout


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
) -> Checkout:
    return place_order(
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
        gateway=next(iter(settings.PAYMENT_GATEWAYS), ""),
    )


def where_to_pay(*, checkout: Checkout) -> str:
    """The hosted page of this order; its own page when nothing is left to pay.

    Called outside any transaction: it speaks to the processor. A processor that does not answer
    loses nothing: the order waits on its own page, which asks again.
    """
    attempt = PaymentAttempt.objects.filter(reference=checkout.attempt_reference).first()
    if attempt is not None and attempt.state == PaymentAttempt.State.AWAITING:
        return attempt.page_url
    try:
        page = payment_page(checkout=checkout)
    except PaymentError:
        page = ""
    return page or reverse("storefront:checkout_return", args=[checkout.token])


def name_of_basket(basket_id: int) -> str:
    """What the checkout form carries, so that sending it twice finds the first order."""
    return _signer.sign(str(basket_id))


def earlier_checkout(named: str) -> Checkout | None:
    """The order that this form already became, if it did."""
    try:
        basket_id = int(_signer.unsign(named))
    except (BadSignature, ValueError):
        return None
    return Checkout.objects.filter(order__basket_id=basket_id).first()


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
