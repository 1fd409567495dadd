"""Money goes back once, at most what came in, and its end is heard through the inbox."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments import invariants
from creatorhub.payments.errors import KeyReusedError, RefundTooLargeError
from creatorhub.payments.gateway import RefundResult
from creatorhub.payments.models import (
    PaymentRefund,
    SandboxControls,
    SandboxMovement,
    WebhookEvent,
)
from creatorhub.payments.registry import gateway, register_gateway
from creatorhub.payments.sandbox.gateway import SandboxGateway
from creatorhub.payments.selectors import recent_refunds
from creatorhub.payments.services import request_refund, settle_payment_refund
from tests.factories.payments import a_paid_attempt, page_of

pytestmark = pytest.mark.django_db


def refund(attempt, reference: str = "refund:1", minor: int = 2000) -> PaymentRefund:
    return request_refund(
        attempt_reference=attempt.reference,
        refund_reference=reference,
        amount=Money(minor, attempt.currency),
    )


def heard() -> WebhookEvent:
    return WebhookEvent.objects.filter(type__startswith="refund.").latest("id")


def test_a_refund_is_asked_for_and_answered_by_an_event() -> None:
    attempt = a_paid_attempt(minor=7900)
    asked = refund(attempt)
    assert asked.state == PaymentRefund.State.REQUESTED
    assert page_of(attempt).refunded_minor == 2000
    assert heard().payload["refund"] == "refund:1"
    settled = settle_payment_refund(event=heard())
    assert settled.state == PaymentRefund.State.SUCCEEDED
    assert settled.settled_at is not None
    assert [str(row) for row in recent_refunds()] == ["refund:1"]
    assert settled.amount == Money(2000, "SAR")


def test_asking_again_moves_nothing() -> None:
    attempt = a_paid_attempt()
    assert refund(attempt) == refund(attempt)
    settle_payment_refund(event=heard())
    assert refund(attempt).state == PaymentRefund.State.SUCCEEDED
    assert SandboxMovement.objects.count() == 1
    assert page_of(attempt).refunded_minor == 2000


def test_a_reference_cannot_ask_for_another_amount() -> None:
    attempt = a_paid_attempt()
    refund(attempt)
    with pytest.raises(KeyReusedError):
        refund(attempt, minor=2001)


def test_never_more_than_came_in() -> None:
    attempt = a_paid_attempt(minor=7900)
    refund(attempt, "refund:1", 7000)
    with pytest.raises(RefundTooLargeError):
        refund(attempt, "refund:2", 901)
    refund(attempt, "refund:3", 900)
    assert page_of(attempt).refunded_minor == 7900
    assert invariants.refunded_more_than_paid() == []


def test_the_far_side_refuses_too() -> None:
    attempt = a_paid_attempt(minor=7900)
    with pytest.raises(RefundTooLargeError):
        gateway("sandbox").refund(
            payment_id=attempt.payment_id, amount=Money(7901, "SAR"), idempotency_key="k"
        )


def test_a_refund_the_bank_sends_back_fails_and_leaves_room_for_another() -> None:
    attempt = a_paid_attempt(minor=7900)
    SandboxControls.objects.create(refuses_refunds=True)
    refund(attempt, "refund:1", 7900)
    failed = settle_payment_refund(event=heard())
    assert failed.state == PaymentRefund.State.FAILED
    SandboxControls.objects.update(refuses_refunds=False)
    assert refund(attempt, "refund:2", 7900).state == PaymentRefund.State.REQUESTED
    assert page_of(attempt).refunded_minor == 7900


def test_a_failed_refund_never_succeeds_later_but_a_succeeded_one_may_come_back() -> None:
    attempt = a_paid_attempt()
    refund(attempt)
    good = heard()
    bad = WebhookEvent(type="refund.failed", payload=good.payload)
    assert settle_payment_refund(event=good).state == PaymentRefund.State.SUCCEEDED
    first_settled_at = PaymentRefund.objects.get().settled_at
    assert settle_payment_refund(event=bad).state == PaymentRefund.State.FAILED
    assert settle_payment_refund(event=good).state == PaymentRefund.State.FAILED
    assert PaymentRefund.objects.get().settled_at == first_settled_at


def test_a_gateway_that_answers_at_once_is_heard_through_the_inbox() -> None:
    class Quick(SandboxGateway):
        def refund(self, *, payment_id, amount, idempotency_key) -> RefundResult:
            return RefundResult("succeeded", "re_quick")

    attempt = a_paid_attempt()
    register_gateway(Quick())
    try:
        refund(attempt)
        refund(attempt)
    finally:
        register_gateway(SandboxGateway())
    assert heard().type == "refund.succeeded"
    assert WebhookEvent.objects.filter(type__startswith="refund.").count() == 1
    assert settle_payment_refund(event=heard()).provider_id == "re_quick"
