"""What each of Stripe's events means here; what we have no word for is stored and left alone."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.registry import gateway
from tests.factories.stripe_payments import a_charge, a_page, a_recipient
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def heard(fake: FakeStripe) -> list[tuple[str, dict[str, str]]]:
    """Types and data, in the order they happened, after this call's deliveries."""
    known = set(WebhookEvent.objects.values_list("pk", flat=True))
    assert all(delivery.status == 200 for delivery in fake.deliver_events())
    news = WebhookEvent.objects.exclude(pk__in=known).order_by("pk")
    return [(event.type, event.payload) for event in news]


def types(fake: FakeStripe) -> list[str]:
    return [kind for kind, _ in heard(fake)]


def test_a_refund_is_told_by_our_own_reference(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    heard(stripe_market)
    stripe_market.let_refunds_wait()
    asked = gateway("stripe").refund(
        payment_id=charge, amount=Money(2000, "USD"), idempotency_key="refund:refund-7"
    )
    assert types(stripe_market) == ["refund.requested", "charge.refunded"]
    stripe_market.settle_refund(asked.provider_id)
    ((kind, data),) = heard(stripe_market)
    assert (kind, data["refund"]) == ("refund.succeeded", "refund-7")
    stripe_market.fail_refund(asked.provider_id)
    assert types(stripe_market) == ["refund.failed", "refund.failed"]


def test_a_refund_made_by_hand_at_stripe_is_not_ours(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    heard(stripe_market)
    gateway("stripe").refund(payment_id=charge, amount=Money(500, "USD"), idempotency_key="other")
    assert types(stripe_market) == ["refund.created", "refund.updated", "charge.refunded"]


def test_a_dispute_names_itself_and_its_payment(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    heard(stripe_market)
    dispute = stripe_market.open_dispute(charge)
    opened, updated = heard(stripe_market)
    assert opened == ("dispute.opened", {"dispute": dispute, "payment": charge})
    assert updated[0] == "dispute.updated"
    stripe_market.win_dispute(dispute)
    assert types(stripe_market) == ["dispute.updated", "dispute.closed"]


def test_a_page_is_paid_when_its_money_is_there(stripe_market: FakeStripe) -> None:
    by_card, from_bank = a_page(), a_page()
    stripe_market.pay(by_card)
    assert "checkout.paid" in types(stripe_market)
    stripe_market.pay_later(from_bank)
    assert types(stripe_market) == ["checkout.session.completed"]
    stripe_market.arrive(from_bank)
    assert types(stripe_market)[-1] == "checkout.paid"


def test_thin_events_name_the_recipient(stripe_market: FakeStripe) -> None:
    somebody = a_recipient(stripe_market)
    told = heard(stripe_market)
    assert {kind for kind, _ in told} == {"recipient.updated"}
    assert {data["recipient"] for _, data in told} == {somebody}
    assert "v2.core.account[requirements].updated" in {data["told"] for _, data in told}


def test_only_ids_are_kept(stripe_market: FakeStripe) -> None:
    """No names, addresses or cards of people lie in the inbox."""
    gateway("stripe").refund(
        payment_id=a_charge(stripe_market), amount=Money(500, "USD"), idempotency_key="refund:1"
    )
    for _, data in heard(stripe_market):
        assert all(isinstance(value, str) and "@" not in value for value in data.values())
