"""Amounts at Stripe, exact in every currency: two decimals, none, and three in steps of ten."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.registry import gateway, recipient_gateway
from tests.factories.stripe_payments import a_charge, a_recipient
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db

# Small and large enough that a float on the way would show.
AMOUNTS = [(1999, "USD"), (9_007_199_254_740_993, "JPY"), (1500, "JPY"), (12_340, "KWD"),
           (10_010, "TND"), (250, "AED")]  # fmt: skip


@pytest.mark.parametrize(("minor", "currency"), AMOUNTS)
def test_what_is_asked_is_what_is_paid_refunded_and_sent(
    stripe_market: FakeStripe, minor: int, currency: str
) -> None:
    amount = Money(minor, currency)
    charge = a_charge(stripe_market, minor=minor, currency=currency)
    page = stripe_market.objects("checkout.session")[-1]["id"]
    assert gateway("stripe").retrieve_checkout(page).amount == amount
    part = amount.prorate_floor(1, 2)
    sent = recipient_gateway("stripe").transfer(
        recipient_id=a_recipient(stripe_market),
        amount=part,
        group="order1",
        source_payment=charge,
        idempotency_key="payout:1",
    )
    gateway("stripe").refund(payment_id=charge, amount=part, idempotency_key="refund:1")
    (refund,) = stripe_market.objects("refund")
    assert (sent.amount, refund["amount"], refund["currency"]) == (
        part,
        part.minor,
        currency.lower(),
    )


def test_a_finer_amount_is_refused_before_anybody_is_asked(stripe_market: FakeStripe) -> None:
    charge = a_charge(stripe_market, minor=12_340, currency="KWD")
    asked = len(stripe_market.calls)
    with pytest.raises(PaymentError, match="12345 KWD is finer than 10"):
        a_charge(stripe_market, minor=12_345, currency="KWD")
    with pytest.raises(PaymentError, match="5 KWD"):
        gateway("stripe").refund(
            payment_id=charge, amount=Money(5, "KWD"), idempotency_key="refund:1"
        )
    assert len(stripe_market.calls) == asked
