"""Somebody orders and pays, the way the checkout page does it."""

from __future__ import annotations

from collections.abc import Sequence

from oscar.apps.basket.models import Basket

from creatorhub.accounts.models import User
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.sandbox import provider
from creatorhub.sales.contact import Address, Contact
from creatorhub.sales.errors import CheckoutRefusedError
from creatorhub.sales.models import Checkout
from creatorhub.sales.services import complete_attempt, place_order
from creatorhub.shops.models import Listing
from creatorhub.shops.oscar import Selector
from creatorhub.social_share.touch_cookie import SignedClick

BuyerFacts = tuple[str, str, str, str, str]


def order_and_pay(
    *,
    listings: Sequence[Listing],
    buyer: User,
    facts: BuyerFacts,
    clicks: Sequence[SignedClick],
    gateway: str = "sandbox",
) -> Checkout | None:
    """One order, paid at the sandbox's page; None when something sold out in between.

    An order of another gateway is only placed: its money comes later, or not.
    """
    name, _mailbox, country, phone, city = facts
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    for listing in listings:
        variant = listing.variants.filter(is_offered=True).order_by("?").first()
        if variant is not None:
            basket.add_product(variant.product, 1)
    try:
        checkout = place_order(
            basket=basket,
            contact=Contact(email=buyer.email, name=name, phone=phone, language=buyer.language),
            address=Address(name=name, line1="12", city=city, country=country, phone=phone),
            user=None,
            clicks=clicks,
            gateway=gateway,
        )
    except CheckoutRefusedError:
        return None
    if gateway != "sandbox":
        return checkout
    attempt = PaymentAttempt.objects.filter(reference=checkout.attempt_reference).first()
    if attempt is not None:
        provider.pay(public_id=attempt.provider_id)
        complete_attempt(reference=checkout.attempt_reference)
    return checkout
