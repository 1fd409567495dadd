"""People who are paid through Stripe: known to it, onboarded there, ready or not."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.registry import recipient_gateway
from tests.factories.stripe_payments import a_recipient
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def test_a_recipient_only_receives_and_the_platform_bears_fees_and_losses(
    stripe_market: FakeStripe,
) -> None:
    a_recipient(stripe_market, is_ready=False)
    asked = stripe_market.calls[-1].params
    assert asked["dashboard"] == "express"
    assert asked["identity"] == {"country": "ae"}
    assert list(asked["configuration"]) == ["recipient"]
    assert asked["defaults"]["responsibilities"] == {
        "fees_collector": "application",
        "losses_collector": "application",
    }


def test_asking_again_makes_nobody_new(stripe_market: FakeStripe) -> None:
    made = {
        recipient_gateway("stripe").create_recipient(
            reference="payee:7", country="SA", email="a@example.org", idempotency_key="recipient:7"
        )
        for _ in range(2)
    }
    assert len(made) == len(stripe_market.objects("v2.core.account")) == 1


def test_somebody_new_is_told_what_is_missing(stripe_market: FakeStripe) -> None:
    found = recipient_gateway("stripe").recipient_status(a_recipient(stripe_market, is_ready=False))
    assert not found.is_ready
    assert found.due == ("identity.individual.given_name", "defaults.payout_methods")
    assert found.due_by is None
    assert found.disabled_reason == "determining_status"


def test_after_onboarding_money_may_be_sent(stripe_market: FakeStripe) -> None:
    somebody = a_recipient(stripe_market, is_ready=False)
    link = recipient_gateway("stripe").onboarding_link(
        recipient_id=somebody,
        return_url="https://market.example/en/back/",
        refresh_url="https://market.example/en/again/",
    )
    assert link.startswith(stripe_market.address)
    stripe_market.finish_onboarding(somebody)
    found = recipient_gateway("stripe").recipient_status(somebody)
    assert (found.is_ready, found.due, found.disabled_reason) == (True, (), "")


def test_a_later_question_has_a_deadline_and_stops_nothing_yet(stripe_market: FakeStripe) -> None:
    somebody = a_recipient(stripe_market)
    stripe_market.ask_for_more(somebody, "identity.document", by=now() + dt.timedelta(days=14))
    found = recipient_gateway("stripe").recipient_status(somebody)
    assert (found.is_ready, found.due) == (True, ("identity.document",))
    assert found.due_by is not None
    assert found.due_by - now() > dt.timedelta(days=13)
    stripe_market.restrict(somebody)
    assert not recipient_gateway("stripe").recipient_status(somebody).is_ready


def test_nobody_is_nobody(stripe_market: FakeStripe) -> None:
    with pytest.raises(PaymentError):
        recipient_gateway("stripe").recipient_status("acct_nobody")
