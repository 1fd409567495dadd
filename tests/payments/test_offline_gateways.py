"""The ways to pay without a processor keep every promise of a gateway."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import (
    KeyReusedError,
    PaymentError,
    RefundTooLargeError,
    SignatureError,
)
from creatorhub.payments.gateway import CheckoutRequest
from creatorhub.payments.models import OfflinePayment, WebhookEvent
from creatorhub.payments.offline.gateway import BANK_TRANSFER, CASH_ON_DELIVERY, OfflineGateway
from creatorhub.payments.offline.word import keep_open, say_not_paid, say_paid

pytestmark = pytest.mark.django_db
TEN = Money(1_000, "SAR")


def a_request(reference: str = "100017") -> CheckoutRequest:
    return CheckoutRequest(
        reference=reference,
        amount=TEN,
        lines=(),
        email="sara@example.com",
        success_url="http://market.example/en/orders/t/return/",
        cancel_url="http://market.example/en/orders/t/",
        language="en",
        expires_at=now() + dt.timedelta(days=3),
        idempotency_key=f"attempt:{reference}",
    )


def a_payment(name: str = BANK_TRANSFER) -> str:
    return OfflineGateway(name).create_checkout(a_request()).provider_id


def test_the_orders_own_page_takes_the_place_of_a_hosted_one() -> None:
    gateway = OfflineGateway(CASH_ON_DELIVERY)
    page = gateway.create_checkout(a_request())
    assert page.url == "/en/orders/t/"
    assert gateway.create_checkout(a_request()) == page
    with pytest.raises(KeyReusedError):
        gateway.create_checkout(replace(a_request(), amount=Money(999, "SAR")))


def test_a_word_is_told_once_through_the_inbox() -> None:
    provider_id = a_payment()
    assert say_paid(provider_id=provider_id)
    assert say_paid(provider_id=provider_id)
    event = WebhookEvent.objects.get()
    assert (event.provider, event.type) == (BANK_TRANSFER, "checkout.paid")
    status = OfflineGateway(BANK_TRANSFER).retrieve_checkout(provider_id)
    assert (status.state, status.amount) == ("paid", TEN)
    assert not say_not_paid(provider_id=provider_id)


def test_what_was_closed_cannot_be_paid() -> None:
    provider_id = a_payment()
    assert say_not_paid(provider_id=provider_id)
    assert not say_paid(provider_id=provider_id)
    assert OfflineGateway(BANK_TRANSFER).retrieve_checkout(provider_id).state == "expired"


@pytest.mark.parametrize(
    ("name", "state"), [(CASH_ON_DELIVERY, "open"), (BANK_TRANSFER, "expired")]
)
def test_a_clock_closes_transfers_and_never_a_parcel(name: str, state: str) -> None:
    assert OfflineGateway(name).expire_checkout(a_payment(name)).state == state


def test_a_receipt_keeps_a_transfer_open() -> None:
    provider_id = a_payment()
    keep_open(provider_id=provider_id, until_decided=True)
    gateway = OfflineGateway(BANK_TRANSFER)
    assert gateway.expire_checkout(provider_id).state == "open"
    keep_open(provider_id=provider_id, until_decided=False)
    assert gateway.expire_checkout(provider_id).state == "expired"


def test_refunds_are_asked_for_once_and_never_too_much() -> None:
    say_paid(provider_id=a_payment())
    payment_id = OfflinePayment.objects.get().payment_id
    gateway = OfflineGateway(BANK_TRANSFER)
    four = Money(400, "SAR")
    first = gateway.refund(payment_id=payment_id, amount=four, idempotency_key="r1")
    assert gateway.refund(payment_id=payment_id, amount=four, idempotency_key="r1") == first
    assert first.state == "requested"
    with pytest.raises(KeyReusedError):
        gateway.refund(payment_id=payment_id, amount=TEN, idempotency_key="r1")
    with pytest.raises(RefundTooLargeError):
        gateway.refund(payment_id=payment_id, amount=Money(601, "SAR"), idempotency_key="r2")


def test_cash_has_no_disputes() -> None:
    gateway = OfflineGateway(CASH_ON_DELIVERY)
    with pytest.raises(PaymentError):
        gateway.retrieve_dispute("x")
    with pytest.raises(PaymentError):
        gateway.answer_dispute(provider_id="x", evidence="", idempotency_key="y")


def test_nobody_outside_speaks_for_them(client: Client) -> None:
    with pytest.raises(SignatureError):
        OfflineGateway(CASH_ON_DELIVERY).parse_event(payload=b"{}", headers={})
    address = reverse("payments:webhook", args=[CASH_ON_DELIVERY])
    assert client.post(address, b"{}", content_type="application/json").status_code == 400
    assert not WebhookEvent.objects.exists()
