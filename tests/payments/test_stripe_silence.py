"""When Stripe does not answer, or fails: nothing happens twice, nothing is lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import ProcessorSilentError
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway, recipient_gateway
from creatorhub.payments.services import ask_for_page
from creatorhub.payments.services.open_attempt import open_attempt
from tests.factories.stripe import SHORT_WAIT_SECONDS, gateway_to, speaking_to
from tests.factories.stripe_payments import a_charge, a_recipient
from tests.fakestripe import FakeStripe, Fault
from tests.payments.test_stripe_checkout import a_request

pytestmark = pytest.mark.django_db

Prepared = tuple[str, Callable[[], object]]
"""What a call makes, and the call."""

NOTHING_DONE = (Fault.ERROR, Fault.UNAVAILABLE, Fault.DROPPED, Fault.SILENT, Fault.TOO_MANY,
                Fault.KEY_IN_USE)  # fmt: skip
DONE = (Fault.ERROR_AFTER, Fault.DROPPED_AFTER, Fault.SILENT_AFTER)


USD = Money(2000, "USD")


def page(fake: FakeStripe) -> Prepared:
    request = a_request()
    return "checkout.session", lambda: gateway("stripe").create_checkout(request)


def refund(fake: FakeStripe) -> Prepared:
    charge = a_charge(fake)
    return "refund", lambda: gateway("stripe").refund(
        payment_id=charge, amount=USD, idempotency_key="refund:1"
    )


def answer(fake: FakeStripe) -> Prepared:
    dispute = fake.open_dispute(a_charge(fake))
    return "dispute", lambda: gateway("stripe").answer_dispute(
        provider_id=dispute, evidence="Sent.", idempotency_key="answer:1"
    )


def recipient(fake: FakeStripe) -> Prepared:
    return "v2.core.account", lambda: recipient_gateway("stripe").create_recipient(
        reference="payee:1", country="AE", email="a@example.org", idempotency_key="recipient:1"
    )


def transfer(fake: FakeStripe) -> Prepared:
    charge, somebody = a_charge(fake), a_recipient(fake)
    return "transfer", lambda: recipient_gateway("stripe").transfer(
        recipient_id=somebody,
        amount=USD,
        group="order1",
        source_payment=charge,
        idempotency_key="payout:1",
    )


def reversal(fake: FakeStripe) -> Prepared:
    transfer(fake)[1]()
    (sent,) = fake.objects("transfer")
    return "transfer_reversal", lambda: recipient_gateway("stripe").reverse_transfer(
        transfer_id=sent["id"], amount=USD, idempotency_key="reversal:1"
    )


@pytest.fixture(
    params=[page, refund, answer, recipient, transfer, reversal], ids=lambda act: act.__name__
)
def act(request: pytest.FixtureRequest, stripe_market: FakeStripe) -> Prepared:
    """Every call that changes something, ready to be made, and what it makes."""
    prepared: Prepared = request.param(stripe_market)
    return prepared


@pytest.fixture
def impatient(stripe_market: FakeStripe) -> Iterator[FakeStripe]:
    """Our side waits less than a second."""
    with speaking_to(stripe_market, answer_seconds=SHORT_WAIT_SECONDS):
        yield stripe_market


def made(fake: FakeStripe, kind: str) -> int:
    """How often it happened; a dispute is counted by its answers."""
    if kind == "dispute":
        (dispute,) = fake.objects(kind)
        return int(dispute["evidence_details"]["submission_count"])
    return len(fake.objects(kind))


@pytest.mark.parametrize("fault", NOTHING_DONE, ids=lambda fault: fault.name)
def test_what_was_not_done_is_done_at_the_next_try(
    impatient: FakeStripe, act: Prepared, fault: Fault
) -> None:
    kind, do = act
    impatient.fail_next(fault, method="POST")
    with pytest.raises(ProcessorSilentError):
        do()
    assert made(impatient, kind) == 0
    do()
    assert made(impatient, kind) == 1


@pytest.mark.parametrize("fault", DONE, ids=lambda fault: fault.name)
def test_what_was_done_is_not_done_again(
    impatient: FakeStripe, act: Prepared, fault: Fault
) -> None:
    kind, do = act
    impatient.fail_next(fault, method="POST")
    with pytest.raises(ProcessorSilentError):
        do()
    assert made(impatient, kind) == 1
    do()
    # A page nobody was sent to may be made again: it cannot be paid.
    assert made(impatient, kind) == (2 if (kind, fault) == ("checkout.session", DONE[0]) else 1)


def test_a_saved_failure_is_replayed_by_stripe_and_not_believed_by_us(
    stripe_market: FakeStripe,
) -> None:
    """Without the fresh name this refund would fail for as long as Stripe keeps the key."""
    charge = a_charge(stripe_market)
    stripe_market.fail_next(Fault.ERROR, path="/v1/refunds", method="POST")
    ask = {"payment_id": charge, "amount": Money(500, "USD"), "idempotency_key": "refund:9"}
    with pytest.raises(ProcessorSilentError):
        gateway("stripe").refund(**ask)
    assert gateway("stripe").refund(**ask).state == "succeeded"
    assert [call.key for call in stripe_market.calls if call.key.startswith("refund:")] == [
        "refund:9",
        "refund:9:again",
    ]


def test_an_attempt_stays_as_it_was_and_may_be_asked_again(stripe_market: FakeStripe) -> None:
    request = a_request()
    attempt = open_attempt(
        reference=request.reference,
        amount=request.amount,
        request={
            "lines": [{"title": "Content planner", "quantity": 1, "minor": request.amount.minor}],
            "email": request.email,
            "success_url": request.success_url,
            "cancel_url": request.cancel_url,
            "language": "en",
        },
        gateway="stripe",
        expires_at=request.expires_at,
    )
    stripe_market.fail_next(Fault.DROPPED_AFTER, path="/v1/checkout/sessions")
    with pytest.raises(ProcessorSilentError):
        ask_for_page(attempt=attempt)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.page_url) == (PaymentAttempt.State.CREATED, "")
    asked = ask_for_page(attempt=attempt)
    (session,) = stripe_market.objects("checkout.session")
    assert (asked.state, asked.provider_id) == (PaymentAttempt.State.AWAITING, session["id"])


def test_a_forked_child_does_not_talk_over_its_parents_connection(
    stripe_market: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = gateway_to(stripe_market)
    speak.balance("USD")
    parents = speak._stripe
    assert speak._stripe is parents
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert speak._stripe is not parents
    assert speak.balance("USD") == Money(0, "USD")
