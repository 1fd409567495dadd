"""Order first, money second: the order and its stock, then the page where it is paid."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from oscar.apps.order.models import Order

from creatorhub.affiliates.services import bind_order_touches
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.money import Money, currency_facts
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.services import ask_for_page, open_attempt
from creatorhub.sales.baskets import accept_prices, check_basket, claim, prepare
from creatorhub.sales.contact import Address, Contact, keep_address
from creatorhub.sales.errors import (
    AddressMissingError,
    AmountTooSmallError,
    EmptyBasketError,
    PriceChangedError,
)
from creatorhub.sales.links import order_url, return_url
from creatorhub.sales.models import Checkout, ShippingCharge
from creatorhub.sales.oscar import create_order
from creatorhub.sales.services.accept_offline_order import accept_offline_order
from creatorhub.sales.services.record_sale import record_sale
from creatorhub.sales.shipping import ShippingByShop, line_total, needs_address, shipping_of
from creatorhub.shops.models import Shop
from creatorhub.social_share.touch_cookie import SignedClick

NOTE_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and what its buyer is asked to pay; no attempt when it was free."""

    checkout: Checkout
    attempt: PaymentAttempt | None


def place_order(
    *,
    basket: Any,
    contact: Contact,
    address: Address | None = None,
    user: Any = None,
    note: str = "",
    clicks: Sequence[SignedClick] = (),
    gateway: str = "sandbox",
) -> Checkout:
    """Place an order for everything in the basket and ask the gateway for its page.

    The order, its lines, its stock and the frozen attempt are one transaction; the gateway is
    asked after it. Submitting the same basket twice gives the same order. A free order is paid at
    once. Raises the CheckoutRefusedErrors; after PriceChangedError the basket has the new prices.
    A PaymentError leaves a placed order: `payment_page` asks again.
    """
    placed = write_order(
        basket=basket,
        contact=contact,
        address=address,
        user=user,
        note=note,
        clicks=clicks,
        gateway=gateway,
    )
    page_of(placed)
    return placed.checkout


def write_order(*, basket: Any, user: Any, note: str, **order: Any) -> Placed:
    """The first half of `place_order`: nobody outside is asked for anything yet."""
    buyer = user if user is not None and user.is_authenticated else None
    try:
        return _place(basket=basket, user=buyer, note=note[:NOTE_LENGTH], **order)
    except PriceChangedError:
        accept_prices(basket=basket)
        raise


def page_of(placed: Placed) -> str:
    """The second half: where this order is paid; empty when there is nothing to pay any more."""
    return _page(placed.attempt)


def payment_page(*, checkout: Checkout) -> str:
    """Where this order is paid; empty when there is nothing to pay any more. Safe to repeat."""
    return _page(PaymentAttempt.objects.filter(reference=checkout.attempt_reference).first())


def _page(attempt: PaymentAttempt | None) -> str:
    if attempt is None:
        return ""
    attempt = ask_for_page(attempt=attempt)
    return attempt.page_url if attempt.state == PaymentAttempt.State.AWAITING else ""


@transaction.atomic(durable=True)
def _place(
    *,
    basket: Any,
    contact: Contact,
    address: Address | None,
    user: Any,
    note: str,
    clicks: Sequence[SignedClick],
    gateway: str,
) -> Placed:
    number = claim(basket, user=user, at=now())
    if number is None:
        return _placed_before(basket)
    prepare(basket)
    check_basket(basket)
    is_sent = needs_address(basket)
    if is_sent and address is None:
        raise AddressMissingError
    charges = shipping_of(basket)
    total = _total(basket, charges)
    order = create_order(
        number=number,
        basket=basket,
        total=total,
        shipping=ShippingByShop(charges),
        address=keep_address(address) if is_sent and address else None,
        user=user,
        guest_email="" if user else contact.email,
        placed_at=now(),
    )
    _keep_charges(order, charges)
    checkout = _keep_checkout(order, contact, note)
    bind_order_touches(order_number=number, basket_id=basket.pk, user=user, clicks=clicks)
    if not total:
        record_sale(checkout=checkout, paid_at=now())
        return Placed(checkout, None)
    attempt = _freeze_attempt(checkout, total, basket, charges, gateway)
    accept_offline_order(checkout=checkout, gateway=gateway)
    return Placed(checkout, attempt)


def _placed_before(basket: Any) -> Placed:
    """The order this basket became; EmptyBasketError when it became none."""
    if basket.pk is None:
        raise EmptyBasketError
    checkout = Checkout.objects.filter(order__basket_id=basket.pk).first()
    if checkout is None:
        raise EmptyBasketError
    attempt = PaymentAttempt.objects.filter(reference=checkout.attempt_reference).first()
    return Placed(checkout, attempt)


def _total(basket: Any, charges: dict[Shop, Money]) -> Money:
    """What will be asked for; AmountTooSmallError when no processor takes so little."""
    amounts = [line_total(line) for line in basket.all_lines()] + list(charges.values())
    total = Money.total(amounts, basket.currency)
    minimum = Money(currency_facts(total.currency).charge_minimum_minor, total.currency)
    if total and total < minimum:
        raise AmountTooSmallError(minimum)
    return total


def _keep_charges(order: Order, charges: dict[Shop, Money]) -> None:
    """What each shop asks for sending; a shop that asks for nothing has no row."""
    ShippingCharge.objects.bulk_create(
        ShippingCharge(order=order, shop=shop, amount_minor=charge.minor)
        for shop, charge in charges.items()
        if charge
    )


def _keep_checkout(order: Order, contact: Contact, note: str) -> Checkout:
    return Checkout.objects.create(
        order=order,
        token=secrets.token_urlsafe(24),
        name=contact.name,
        email=contact.email,
        phone=contact.phone,
        note=note,
        language=contact.language,
        attempt_reference=order.number,
        placed_at=now(),
    )


def _freeze_attempt(
    checkout: Checkout, total: Money, basket: Any, charges: dict[Shop, Money], gateway: str
) -> PaymentAttempt:
    lines = [
        {
            "title": line.product.get_title(),
            "quantity": line.quantity,
            "minor": line_total(line).minor,
        }
        for line in basket.all_lines()
    ]
    for shop, charge in charges.items():
        if charge:
            sending = _("Sending by %(shop)s") % {"shop": shop.name}
            lines.append({"title": sending, "quantity": 1, "minor": charge.minor})
    return open_attempt(
        reference=checkout.attempt_reference,
        amount=total,
        request={
            "lines": lines,
            "email": checkout.email,
            "success_url": return_url(checkout),
            "cancel_url": order_url(checkout),
            "language": checkout.language,
        },
        gateway=gateway,
        expires_at=now() + dt.timedelta(minutes=policy().checkout_minutes),
    )
