"""Money back through Stripe: once, at most what came in, also when keys are long forgotten."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, PaymentError, RefundTooLargeError
from creatorhub.payments.gateway import RefundResult
from creatorhub.payments.registry import gateway
from tests.factories.stripe_payments import a_charge
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def refund(charge: str, minor: int = 2000, key: str = "refund:1") -> RefundResult:
    return gateway("stripe").refund(
        payment_id=charge, amount=Money(minor, "USD"), idempotency_key=key
    )


def test_a_refund_goes_back_at_once(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    assert refund(charge).state == "succeeded"
    (made,) = stripe_market.objects("refund")
    assert (made["amount"], made["charge"]) == (2000, charge)
    assert made["metadata"] == {"creatorhub_key": "refund:1"}


def test_a_bank_may_take_its_time(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    stripe_market.let_refunds_wait()
    waiting = refund(charge)
    assert waiting.state == "requested"
    stripe_market.settle_refund(waiting.provider_id)
    assert refund(charge) == RefundResult("succeeded", waiting.provider_id)
    stripe_market.fail_refund(waiting.provider_id)
    assert refund(charge) == RefundResult("failed", waiting.provider_id)


def test_asking_again_moves_nothing_even_when_the_key_is_forgotten(
    stripe_market: FakeStripe,
) -> None:
    charge = a_charge(stripe_market)
    first = refund(charge)
    assert refund(charge) == first
    stripe_market.prune_keys()
    assert refund(charge) == first
    assert len(stripe_market.objects("refund")) == 1


def test_it_is_found_among_more_refunds_than_a_page_holds(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    first = refund(charge, 10, "refund:first")
    for number in range(101):
        refund(charge, 10, f"refund:{number}")
    stripe_market.prune_keys()
    assert refund(charge, 10, "refund:first") == first


def test_a_key_never_moves_another_amount(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    refund(charge)
    with pytest.raises(KeyReusedError):
        refund(charge, 2001)
    stripe_market.prune_keys()
    with pytest.raises(KeyReusedError):
        refund(charge, 2001)


def test_never_more_than_came_in(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market, minor=3000)
    refund(charge, 2000)
    with pytest.raises(RefundTooLargeError):
        refund(charge, 1001, "refund:2")
    refund(charge, 1000, "refund:3")
    with pytest.raises(RefundTooLargeError):
        refund(charge, 1, "refund:4")


def test_a_disputed_charge_is_refused_in_clear_words(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market)
    stripe_market.open_dispute(charge)
    with pytest.raises(PaymentError, match="charged back"):
        refund(charge)
