"""What is asked for is frozen before anybody is asked."""

from __future__ import annotations

import pytest
from django.conf import settings as live
from django.db import IntegrityError, transaction

from creatorhub.payments.errors import (
    AttemptChangedError,
    KeyReusedError,
    UnknownGatewayError,
)
from creatorhub.payments.models import PaymentAttempt, SandboxCheckout
from creatorhub.payments.registry import gateway, gateway_names
from creatorhub.payments.selectors import attempt_by_reference, recent_attempts
from creatorhub.payments.services import ask_for_page, expire_page, request_of, status_of
from tests.factories.payments import an_attempt, an_open_page, page_of

pytestmark = pytest.mark.django_db


def test_an_attempt_waits_until_a_page_was_asked_for() -> None:
    attempt = an_attempt()
    assert attempt.state == PaymentAttempt.State.CREATED
    assert status_of(attempt=attempt).state == "open"
    assert attempt_by_reference(attempt.reference) == attempt
    assert str(attempt) == attempt.reference


def test_asking_twice_gives_the_same_page() -> None:
    attempt = an_attempt()
    first = ask_for_page(attempt=attempt)
    again = ask_for_page(attempt=attempt)
    assert first.state == PaymentAttempt.State.AWAITING
    assert first.page_url == again.page_url == f"/en/sandbox/pay/{first.provider_id}/"
    assert SandboxCheckout.objects.count() == 1


def test_a_page_asked_for_before_a_crash_is_found_again() -> None:
    """The gateway made the page; we died before writing its address down."""
    attempt = an_attempt()
    made = gateway("sandbox").create_checkout(request_of(attempt))
    assert ask_for_page(attempt=attempt).page_url == made.url
    assert SandboxCheckout.objects.count() == 1


def test_the_page_is_in_the_buyers_language() -> None:
    assert an_open_page(language="ar").page_url.startswith("/ar/")


def test_a_touched_request_is_never_asked() -> None:
    attempt = an_attempt(minor=7900)
    PaymentAttempt.objects.filter(pk=attempt.pk).update(amount_minor=79)
    attempt.refresh_from_db()
    with pytest.raises(AttemptChangedError):
        ask_for_page(attempt=attempt)
    assert not SandboxCheckout.objects.exists()


def test_a_key_cannot_ask_for_something_else() -> None:
    first, other = an_attempt(), an_attempt(minor=100)
    gateway("sandbox").create_checkout(request_of(first))
    SandboxCheckout.objects.update(idempotency_key=f"attempt:{other.pk}")
    with pytest.raises(KeyReusedError):
        gateway("sandbox").create_checkout(request_of(other))


def test_an_open_page_closes_and_stays_closed() -> None:
    attempt = an_open_page()
    assert expire_page(attempt=attempt).state == "expired"
    assert expire_page(attempt=attempt).state == "expired"
    assert status_of(attempt=attempt).state == "expired"


def test_closing_a_paid_page_says_that_it_is_paid() -> None:
    attempt = an_open_page()
    SandboxCheckout.objects.update(state="paid", payment_id="pay_1")
    status = expire_page(attempt=attempt)
    assert (status.state, status.payment_id, status.amount) == ("paid", "pay_1", attempt.amount)
    assert page_of(attempt).state == "paid"


def test_an_attempt_without_a_page_closes_by_itself() -> None:
    assert expire_page(attempt=an_attempt()).state == "expired"


def test_one_order_has_one_attempt() -> None:
    an_attempt(reference="100017")
    with pytest.raises(IntegrityError), transaction.atomic():
        an_attempt(reference="100017")
    assert recent_attempts().count() == 1


def test_a_gateway_that_is_not_switched_on_is_unknown(settings) -> None:
    assert gateway_names() == live.PAYMENT_GATEWAYS
    assert "sandbox" in gateway_names()
    settings.PAYMENT_GATEWAYS = []
    with pytest.raises(UnknownGatewayError):
        gateway("sandbox")


def test_nothing_is_not_asked_for() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        an_attempt(minor=0)
