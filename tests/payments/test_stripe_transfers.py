"""Shares that leave through Stripe: from their charge, found for ever, taken back if there."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, TransferRefusedError
from creatorhub.payments.recipients import RecipientGateway, SentTransfer
from creatorhub.payments.registry import recipient_gateway
from tests.factories.stripe_payments import a_charge, a_recipient
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def rail() -> RecipientGateway:
    return recipient_gateway("stripe")


def send(
    recipient: str, source: str, minor: int = 5100, key: str = "payout:1:order1", unit: str = "USD"
) -> SentTransfer:
    return rail().transfer(
        recipient_id=recipient,
        amount=Money(minor, unit),
        group="order1",
        source_payment=source,
        idempotency_key=key,
    )


def take_back(sent: SentTransfer, minor: int, key: str = "reversal:1") -> SentTransfer:
    return rail().reverse_transfer(
        transfer_id=sent.provider_id, amount=Money(minor, "USD"), idempotency_key=key
    )


def test_a_share_is_sent_from_its_charge(stripe_market: FakeStripe) -> None:
    charge, somebody = a_charge(stripe_market), a_recipient(stripe_market)
    sent = send(somebody, charge)
    assert (sent.amount, sent.reversed) == (Money(5100, "USD"), Money(0, "USD"))
    (made,) = stripe_market.objects("transfer")
    assert (made["source_transaction"], made["transfer_group"]) == (charge, "order1")
    assert send(somebody, charge) == sent
    assert len(stripe_market.objects("transfer")) == 1


def test_it_is_found_by_our_key_for_ever(stripe_market: FakeStripe) -> None:
    charge, somebody = a_charge(stripe_market), a_recipient(stripe_market)
    assert rail().find_transfer(group="order1", idempotency_key="payout:1:order1") is None
    sent = send(somebody, charge)
    stripe_market.prune_keys()
    assert rail().find_transfer(group="order1", idempotency_key="payout:1:order1") == sent
    assert rail().find_transfer(group="order1", idempotency_key="payout:2:order1") is None


@pytest.mark.parametrize("trouble", ["not ready", "more than the charge", "no balance"])
def test_what_cannot_be_sent_is_refused(stripe_market: FakeStripe, trouble: str) -> None:
    charge = a_charge(stripe_market)
    somebody = a_recipient(stripe_market, is_ready=trouble != "not ready")
    minor = 10_001 if trouble == "more than the charge" else 5100
    with pytest.raises(TransferRefusedError) as refused:
        send(somebody, "" if trouble == "no balance" else charge, minor)
    assert refused.value.reason_code == "transfer_refused"
    assert stripe_market.objects("transfer") == []


def test_without_a_charge_it_leaves_what_is_available(stripe_market: FakeStripe) -> None:
    a_charge(stripe_market)
    somebody = a_recipient(stripe_market)
    stripe_market.settle()
    assert send(somebody, "").amount == Money(5100, "USD")


def test_a_share_is_taken_back_once_a_key(stripe_market: FakeStripe) -> None:
    sent = send(a_recipient(stripe_market), a_charge(stripe_market))
    assert take_back(sent, 2000).reversed == Money(2000, "USD")
    assert take_back(sent, 2000).reversed == Money(2000, "USD")
    stripe_market.prune_keys()
    assert take_back(sent, 2000).reversed == Money(2000, "USD")
    assert take_back(sent, 3100, "reversal:2").reversed == Money(5100, "USD")
    with pytest.raises(KeyReusedError):
        take_back(sent, 1999)


def test_what_went_to_their_bank_is_not_there_any_more(stripe_market: FakeStripe) -> None:
    somebody = a_recipient(stripe_market)
    sent = send(somebody, a_charge(stripe_market))
    stripe_market.settle()
    stripe_market.pay_out(somebody, currency="USD")
    with pytest.raises(TransferRefusedError) as refused:
        take_back(sent, 2000)
    assert refused.value.reason_code == "reversal_refused"


def test_the_balance_counts_what_is_pending(stripe_market: FakeStripe) -> None:
    assert rail().balance("USD") == Money(0, "USD")
    charge, somebody = a_charge(stripe_market), a_recipient(stripe_market)
    a_charge(stripe_market, currency="EUR")
    assert rail().balance("USD") == Money(10_000, "USD")
    send(somebody, charge)
    assert rail().balance("USD") == Money(4900, "USD")
