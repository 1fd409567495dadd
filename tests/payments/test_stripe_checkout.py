"""Paying through Stripe: the page we ask for, what becomes of it, and when it closes."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest

from creatorhub.foundation.clock import let_time_pass, now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, PaymentError
from creatorhub.payments.gateway import CheckoutLine, CheckoutRequest
from creatorhub.payments.registry import gateway
from creatorhub.payments.stripe.asked import PAGE_MARGIN
from tests.fakestripe import FakeStripe

pytestmark = pytest.mark.django_db


def a_request(minor: int = 7900, currency: str = "SAR", **changed: object) -> CheckoutRequest:
    amount = Money(minor, currency)
    request = CheckoutRequest(
        reference="100001",
        amount=amount,
        lines=(CheckoutLine("Content planner", 1, amount),),
        email="buyer@example.org",
        success_url="https://market.example/en/done/",
        cancel_url="https://market.example/en/basket/",
        language="en",
        expires_at=now() + dt.timedelta(minutes=45),
        idempotency_key="attempt:1",
    )
    return replace(request, **changed)  # type: ignore[arg-type]  # a test names what differs


def test_a_page_is_asked_for_and_paid(stripe_market: FakeStripe) -> None:
    page = gateway("stripe").create_checkout(a_request())
    assert page.url.startswith(stripe_market.address)
    assert gateway("stripe").retrieve_checkout(page.provider_id).state == "open"
    charge = stripe_market.pay(page.url)
    paid = gateway("stripe").retrieve_checkout(page.provider_id)
    assert (paid.state, paid.payment_id, paid.amount) == ("paid", charge, Money(7900, "SAR"))


def test_the_request_says_whose_money_it_is(stripe_market: FakeStripe) -> None:
    """The charge is the platform's own: nobody is charged for, no fee is taken by Stripe."""
    request = a_request(
        lines=(
            CheckoutLine("Content planner", 2, Money(7000, "SAR")),
            CheckoutLine("Sending", 1, Money(900, "SAR")),
        )
    )
    gateway("stripe").create_checkout(request)
    call = stripe_market.calls[-1]
    assert call.key == "attempt:1"
    assert call.params["client_reference_id"] == "100001"
    assert call.params["payment_intent_data"] == {
        "capture_method": "automatic",
        "transfer_group": "100001",
        "metadata": {"reference": "100001"},
    }
    assert call.params["expires_at"] == str(int((request.expires_at + PAGE_MARGIN).timestamp()))
    titles = [line["price_data"]["product_data"]["name"] for line in call.params["line_items"]]
    assert titles == ["Content planner × 2", "Sending"]
    assert "on_behalf_of" not in str(call.params)
    assert "application_fee" not in str(call.params)


@pytest.mark.parametrize(("language", "locale"), [("en", "en"), ("ar", "auto")])
def test_the_page_speaks_the_buyers_language_where_stripe_can(
    stripe_market: FakeStripe, language: str, locale: str
) -> None:
    gateway("stripe").create_checkout(a_request(language=language))
    assert stripe_market.calls[-1].params["locale"] == locale


def test_lines_that_do_not_make_up_the_amount_become_one(stripe_market: FakeStripe) -> None:
    part = CheckoutLine("Content planner", 1, Money(8000, "SAR"))
    gateway("stripe").create_checkout(a_request(lines=(part,)))
    (line,) = stripe_market.calls[-1].params["line_items"]
    assert line["price_data"]["unit_amount"] == "7900"


def test_asking_again_gives_the_same_page(stripe_market: FakeStripe) -> None:
    request = a_request()
    first = gateway("stripe").create_checkout(request)
    assert gateway("stripe").create_checkout(request) == first
    assert len(stripe_market.objects("checkout.session")) == 1
    with pytest.raises(KeyReusedError):
        gateway("stripe").create_checkout(replace(request, reference="100002"))


def test_a_page_closes_once_and_says_when_the_buyer_was_faster(stripe_market: FakeStripe) -> None:
    speak = gateway("stripe")
    left, paid = (
        speak.create_checkout(a_request(idempotency_key=f"attempt:{n}")).provider_id for n in (1, 2)
    )
    assert speak.expire_checkout(left).state == "expired"
    assert speak.expire_checkout(left).state == "expired"
    stripe_market.pay(paid)
    assert speak.expire_checkout(paid).state == "paid"


def test_a_declined_card_leaves_the_page_open(stripe_market: FakeStripe) -> None:
    page = gateway("stripe").create_checkout(a_request())
    stripe_market.decline(page.url)
    assert gateway("stripe").retrieve_checkout(page.provider_id).state == "open"
    stripe_market.pay(page.url)
    assert gateway("stripe").retrieve_checkout(page.provider_id).state == "paid"


def test_a_bank_debit_is_paid_when_it_arrives(stripe_market: FakeStripe) -> None:
    pages = [
        gateway("stripe").create_checkout(a_request(idempotency_key=f"attempt:{n}")) for n in (1, 2)
    ]
    for page in pages:
        stripe_market.pay_later(page.url)
        assert gateway("stripe").retrieve_checkout(page.provider_id).state == "open"
        assert gateway("stripe").expire_checkout(page.provider_id).state == "open"
    stripe_market.arrive(pages[0].provider_id)
    stripe_market.never_arrive(pages[1].provider_id)
    states = [gateway("stripe").retrieve_checkout(page.provider_id).state for page in pages]
    assert states == ["paid", "expired"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": dt.timedelta(minutes=5)},
        {"expires_at": dt.timedelta(days=2)},
        {"success_url": "/en/done/"},
        {"amount": Money(10, "USD"), "lines": ()},
    ],
    ids=["closes too soon", "closes too late", "no address", "too little"],
)
def test_what_stripe_refuses_is_a_payment_error(
    stripe_market: FakeStripe, wrong: dict[str, object]
) -> None:
    moments = {
        name: now() + value if isinstance(value, dt.timedelta) else value
        for name, value in wrong.items()
    }
    with pytest.raises(PaymentError):
        gateway("stripe").create_checkout(a_request(**moments))
    assert stripe_market.objects("checkout.session") == []


def test_the_sandboxs_own_time_is_not_stripes(stripe_market: FakeStripe) -> None:
    """A market whose clock was moved a month ahead still asks for a page of an hour, not of a
    month."""
    let_time_pass(days=30)
    gateway("stripe").create_checkout(a_request(expires_at=now() + dt.timedelta(minutes=45)))
    asked = int(stripe_market.calls[-1].params["expires_at"])
    assert 54 * 60 <= asked - time.time() <= 56 * 60


def test_a_page_nobody_knows_is_a_payment_error(stripe_market: FakeStripe) -> None:
    with pytest.raises(PaymentError):
        gateway("stripe").retrieve_checkout("cs_test_nobody")
