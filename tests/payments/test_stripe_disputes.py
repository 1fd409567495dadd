"""What Stripe says of a dispute, and our one answer to it."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import AnswerRefusedError, PaymentError
from creatorhub.payments.gateway import DisputeStatus
from creatorhub.payments.registry import gateway
from creatorhub.payments.stripe import told
from tests.factories.stripe_payments import a_charge
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def status(dispute: str) -> DisputeStatus:
    return gateway("stripe").retrieve_dispute(dispute)


def answer(dispute: str, key: str = "answer:1", evidence: str = "It was sent on 3 May.") -> None:
    gateway("stripe").answer_dispute(provider_id=dispute, evidence=evidence, idempotency_key=key)


def test_a_dispute_takes_the_money_and_a_fee(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    opened = status(stripe_market.open_dispute(charge, amount=4000, reason="product_not_received"))
    assert (opened.state, opened.payment_id) == ("needs_response", charge)
    assert (opened.amount, opened.fee) == (Money(4000, "USD"), Money(1500, "USD"))
    assert opened.reason == "product_not_received"
    assert opened.due_by is not None
    assert dt.timedelta(days=6) < opened.due_by - now() < dt.timedelta(days=8)


def test_an_inquiry_takes_nothing_until_it_becomes_a_dispute(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    dispute = stripe_market.open_dispute(charge, is_inquiry=True)
    assert (status(dispute).state, status(dispute).fee) == ("inquiry", Money(0, "USD"))
    stripe_market.escalate_inquiry(dispute)
    assert (status(dispute).state, status(dispute).fee) == ("needs_response", Money(1500, "USD"))


def test_an_inquiry_that_leads_nowhere_is_withdrawn(stripe_market: FakeStripe) -> None:
    dispute = stripe_market.open_dispute(a_charge(stripe_market), is_inquiry=True)
    stripe_market.close_inquiry(dispute)
    assert status(dispute).state == "withdrawn"


def test_we_answer_once_and_the_bank_decides(stripe_market: FakeStripe) -> None:
    won, lost = (stripe_market.open_dispute(a_charge(stripe_market)) for _ in range(2))
    answer(won)
    told = stripe_market.calls[-1].params
    assert told["evidence"] == {"uncategorized_text": "It was sent on 3 May."}
    assert told["submit"] == "true"
    assert status(won).state == "under_review"
    stripe_market.win_dispute(won)
    stripe_market.lose_dispute(lost)
    assert [status(won).state, status(lost).state] == ["won", "lost"]


def test_the_same_answer_again_is_none_even_a_day_later(stripe_market: FakeStripe) -> None:
    dispute = stripe_market.open_dispute(a_charge(stripe_market))
    answer(dispute)
    stripe_market.prune_keys()
    answer(dispute)
    (kept,) = stripe_market.objects("dispute")
    assert kept["evidence_details"]["submission_count"] == 1


def test_another_answer_comes_too_late(stripe_market: FakeStripe) -> None:
    dispute = stripe_market.open_dispute(a_charge(stripe_market))
    answer(dispute)
    with pytest.raises(AnswerRefusedError):
        answer(dispute, "answer:2")
    stripe_market.lose_dispute(dispute)
    with pytest.raises(AnswerRefusedError):
        answer(dispute, "answer:3")


def test_a_state_of_tomorrow_waits_for_us_to_learn_it(stripe_market: FakeStripe) -> None:
    """Guessing would move money; the event stays due and staff see it."""
    stripe_market.open_dispute(a_charge(stripe_market))
    (kept,) = stripe_market.objects("dispute")
    with pytest.raises(PaymentError, match="settled_by_coin"):
        told.dispute({**kept, "status": "settled_by_coin"})
