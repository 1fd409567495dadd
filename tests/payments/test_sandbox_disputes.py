"""The play bank takes disputes as a real one does: money first, answer once, then the word."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import AnswerRefusedError, RefundTooLargeError
from creatorhub.payments.models import PaymentAttempt, SandboxDispute, SandboxEvent, WebhookEvent
from creatorhub.payments.registry import gateway
from creatorhub.payments.sandbox import disputes, provider, time
from creatorhub.payments.sandbox.disputes import NothingToDisputeError, open_dispute
from tests.factories.payments import a_paid_attempt

pytestmark = pytest.mark.django_db

FRAUD = "fraudulent"


@pytest.fixture
def paid() -> PaymentAttempt:
    return a_paid_attempt(minor=10_000)


def test_a_dispute_takes_what_is_left_and_says_by_when_to_answer(paid) -> None:
    provider.give_back(payment_id=paid.payment_id, amount=Money(2_500, "SAR"), idempotency_key="r")
    dispute = open_dispute(payment_id=paid.payment_id, reason=FRAUD)
    told = gateway("sandbox").retrieve_dispute(dispute.public_id)
    assert (told.state, told.amount, told.reason) == ("needs_response", Money(7_500, "SAR"), FRAUD)
    assert told.fee.minor > 0
    assert told.due_by is not None
    assert told.payment_id == paid.payment_id


def test_nothing_can_be_refunded_that_a_dispute_took(paid) -> None:
    open_dispute(payment_id=paid.payment_id, reason=FRAUD, share_percent=50)
    with pytest.raises(RefundTooLargeError):
        provider.give_back(
            payment_id=paid.payment_id, amount=Money(5_001, "SAR"), idempotency_key="r"
        )
    provider.give_back(payment_id=paid.payment_id, amount=Money(5_000, "SAR"), idempotency_key="r2")


def test_what_is_disputed_is_not_disputed_twice(paid) -> None:
    open_dispute(payment_id=paid.payment_id, reason=FRAUD)
    with pytest.raises(NothingToDisputeError):
        open_dispute(payment_id=paid.payment_id, reason=FRAUD)


def test_an_inquiry_takes_nothing_until_the_bank_means_it(paid) -> None:
    asked = open_dispute(payment_id=paid.payment_id, reason=FRAUD, is_inquiry=True)
    assert asked.fee_minor == 0
    assert disputes.disputed_minor(paid.payment_id) == 0
    disputes.decide(public_id=asked.public_id, state="needs_response")
    assert disputes.disputed_minor(paid.payment_id) == 10_000


def test_an_answer_is_given_once(paid) -> None:
    dispute = open_dispute(payment_id=paid.payment_id, reason=FRAUD)
    for _again in range(2):
        gateway("sandbox").answer_dispute(
            provider_id=dispute.public_id, evidence="It was sent.", idempotency_key="a"
        )
    with pytest.raises(AnswerRefusedError):
        gateway("sandbox").answer_dispute(
            provider_id=dispute.public_id, evidence="It was not.", idempotency_key="b"
        )
    dispute.refresh_from_db()
    assert (dispute.state, dispute.evidence) == ("under_review", "It was sent.")


@pytest.mark.parametrize(
    ("is_inquiry", "asked", "ends"),
    [
        (False, "won", "won"),
        (False, "lost", "lost"),
        (False, "withdrawn", "won"),
        (True, "withdrawn", "withdrawn"),
    ],
)
def test_the_bank_decides_once(paid, is_inquiry, asked, ends) -> None:
    dispute = open_dispute(payment_id=paid.payment_id, reason=FRAUD, is_inquiry=is_inquiry)
    disputes.decide(public_id=dispute.public_id, state=asked)
    disputes.decide(public_id=dispute.public_id, state="won" if asked == "lost" else "lost")
    dispute.refresh_from_db()
    assert dispute.state == ends
    assert SandboxEvent.objects.filter(type="dispute.closed").count() == 1


def test_whoever_does_not_answer_in_time_loses(paid, monkeypatch) -> None:
    monkeypatch.setattr(time, "_sweeps", [])
    open_dispute(payment_id=paid.payment_id, reason=FRAUD)
    time.let_days_pass(days=6)
    assert SandboxDispute.objects.get().state == "needs_response"
    time.let_days_pass(days=1)
    assert SandboxDispute.objects.get().state == "lost"


def test_the_page_plays_the_bank(client, paid, monkeypatch) -> None:
    monkeypatch.setattr(time, "_sweeps", [])
    client.post(
        "/en/sandbox/disputes/",
        {"payment": paid.payment_id, "reason": FRAUD, "kind": "50"},
    )
    dispute = SandboxDispute.objects.get()
    assert dispute.amount_minor == 5_000
    assert WebhookEvent.objects.filter(type="dispute.opened").exists()
    page = client.get("/en/sandbox/").content.decode()
    assert "waits for an answer" in page
    client.post(f"/en/sandbox/disputes/{dispute.public_id}/", {"state": "lost"})
    assert "The buyer keeps the money" in client.get("/en/sandbox/").content.decode()


def test_the_page_says_what_is_missing_and_what_is_gone(client, paid) -> None:
    answer = client.post("/en/sandbox/disputes/", {"payment": "pay_none"}, follow=True)
    assert "Choose a payment" in answer.content.decode()
    asked = {"payment": paid.payment_id, "reason": FRAUD, "kind": "100"}
    client.post("/en/sandbox/disputes/", asked)
    answer = client.post("/en/sandbox/disputes/", asked, follow=True)
    assert "went back already" in answer.content.decode()
