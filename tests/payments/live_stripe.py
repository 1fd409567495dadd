"""The same gateway against Stripe itself, with a test key: `make test-stripe-live`.

Not collected by `make test`. What it leaves at Stripe is test data.
"""

from __future__ import annotations

import os
from dataclasses import replace
from uuid import uuid4

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, RefundTooLargeError, TransferRefusedError
from creatorhub.payments.stripe_gateway import StripeGateway, StripeKeys
from tests.payments.test_stripe_checkout import a_request

pytestmark = pytest.mark.django_db

KEY = os.environ.get("STRIPE_TEST_KEY", "")


@pytest.fixture
def speak() -> StripeGateway:
    if not KEY:
        pytest.skip("Stripe was not asked: set STRIPE_TEST_KEY=sk_test_… to ask it")
    if not KEY.startswith(("sk_test_", "rk_test_")):
        pytest.fail("STRIPE_TEST_KEY is not a test key; nothing was sent")
    return StripeGateway(StripeKeys(secret_key=KEY))


@pytest.fixture
def name() -> str:
    """A name that was never used at Stripe before."""
    return uuid4().hex


@pytest.fixture
def charge(speak: StripeGateway, name: str) -> str:
    """Paid with Stripe's own test card; buttons of the hosted page cannot be pressed from here."""
    paid = speak._stripe.raw_request(
        "post",
        "/v1/payment_intents",
        amount=10_000,
        currency="usd",
        payment_method="pm_card_bypassPending",
        payment_method_types=["card"],
        transfer_group=name,
        confirm=True,
    )
    return str(speak._stripe.deserialize(paid, api_mode="V1")["latest_charge"])


@pytest.fixture
def recipient(speak: StripeGateway, name: str) -> str:
    return speak.create_recipient(
        reference=name, country="US", email=f"{name}@example.org", idempotency_key=f"r:{name}"
    )


def test_a_page_opens_once_and_closes(speak: StripeGateway, name: str) -> None:
    request = a_request(1500, "USD", reference=name, idempotency_key=f"attempt:{name}")
    page = speak.create_checkout(request)
    assert page.url.startswith("https://checkout.stripe.com/")
    assert speak.create_checkout(request) == page
    with pytest.raises(KeyReusedError):
        speak.create_checkout(replace(request, reference=f"{name}x"))
    assert speak.retrieve_checkout(page.provider_id).state == "open"
    assert speak.expire_checkout(page.provider_id).state == "expired"
    assert speak.expire_checkout(page.provider_id).state == "expired"


def test_a_page_in_three_decimals(speak: StripeGateway, name: str) -> None:
    request = a_request(1230, "KWD", reference=name, idempotency_key=f"attempt:{name}")
    assert speak.retrieve_checkout(speak.create_checkout(request).provider_id).state == "open"


def test_a_refund_goes_back_once(speak: StripeGateway, name: str, charge: str) -> None:
    def refund(minor: int, key: str) -> str:
        return speak.refund(
            payment_id=charge, amount=Money(minor, "USD"), idempotency_key=f"refund:{name}:{key}"
        ).provider_id

    assert refund(2500, "1") == refund(2500, "1")
    with pytest.raises(RefundTooLargeError):
        refund(7501, "2")


def test_a_recipient_is_asked_for_what_is_missing(speak: StripeGateway, recipient: str) -> None:
    status = speak.recipient_status(recipient)
    assert not status.is_ready
    assert status.due
    link = speak.onboarding_link(
        recipient_id=recipient,
        return_url="https://example.org/back",
        refresh_url="https://example.org/again",
    )
    assert link.startswith("https://connect.stripe.com/")


def test_nothing_is_sent_to_somebody_who_is_not_ready(
    speak: StripeGateway, name: str, charge: str, recipient: str
) -> None:
    with pytest.raises(TransferRefusedError):
        speak.transfer(
            recipient_id=recipient,
            amount=Money(100, "USD"),
            group=name,
            source_payment=charge,
            idempotency_key=f"payout:{name}",
        )
    assert speak.find_transfer(group=name, idempotency_key=f"payout:{name}") is None


def test_the_balance_is_told(speak: StripeGateway) -> None:
    assert speak.balance("USD").currency == "USD"
