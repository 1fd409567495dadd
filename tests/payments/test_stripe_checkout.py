"""Paying through Stripe: the page we ask for, what becomes of it, and when it closes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, PaymentError
from creatorhub.payments.gateway import CheckoutLine, CheckoutRequest
from creatorhub.payments.registry import gateway
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def a_request(minor: int = 7900, currency: str = "SAR", **changed: object) -> CheckoutRequest:
    amount = Money(minor, currency)
    request = CheckoutRequest(
        reference="100001",
        amount=amount,
        lines=(CheckoutLine("Content planner", 1, amount),),
        email="buyer@example.org",
        success_url="https://market.example/en/done/",
        cancel_url="https://market.example/en/basket/",
        language="en",
        expires_at=now() + dt.timedelta(minutes=45),
        idempotency_key="attempt:1",
    )
    return replace(request, **changed)  # type: ignore[arg-type]  # a test names what differs


def session_of(fake: FakeStripe) -> dict[str, object]:
    return fake.objects("checkout.session")[-1]


def test_a_page_is_asked_for_and_paid(stripe_market: FakeStripe) -> None:
    page = gateway("stripe").create_checkout(a_request())
    assert page.url.startswith(stripe_market.address)
    assert gateway("stripe").retrieve_checkout(page.provider_id).state == "open"
    charge = stripe_market.pay(page.url)
    paid = gateway("stripe").retrieve_checkout(page.provider_id)
    assert (paid.state, paid.payment_id, paid.amount) == ("paid", charge, Money(7900, "SAR"))
