"""Not paid in time: page first, then stock. Paid after that: completed, or given back."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.payments.gateway import CheckoutStatus
from creatorhub.payments.models import PaymentAttempt, SandboxCheckout, SandboxControls
from creatorhub.sales.models import Checkout
from creatorhub.sales.services import complete_attempt, expire_attempt, expire_due_attempts
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.sales import (
    an_order,
    attempt_of,
    let_effects_happen,
    pay,
    sales_of,
    stands_at,
    stock_of,
    the_buyer_pays,
)
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db
State = PaymentAttempt.State
LATER = dt.timedelta(minutes=46)


@pytest.fixture
def last_mug() -> Listing:
    return a_published_listing(title="Last mug", price=10_000, stock=1)


def expire_all() -> int:
    with travel_to(now() + LATER):
        return expire_due_attempts()


def pay_although_closed(checkout: Checkout) -> None:
    """Some processors finish a payment that began before the page was closed."""
    page = SandboxCheckout.objects.get(public_id=attempt_of(checkout).provider_id)
    page.state = SandboxCheckout.State.OPEN
    page.save()
    the_buyer_pays(checkout)


def test_an_unpaid_order_closes_and_its_stock_is_free(last_mug: Listing) -> None:
    checkout = an_order(last_mug)
    assert expire_due_attempts() == 0

    assert expire_all() == 1

    checkout.order.refresh_from_db()
    assert checkout.order.status == "expired"
    assert attempt_of(checkout).state == State.EXPIRED
    assert stock_of(last_mug) == (1, 0)
    assert expire_all() == 0
    check_invariants()


def test_a_buyer_who_was_faster_keeps_their_order(last_mug: Listing) -> None:
    checkout = an_order(last_mug)
    the_buyer_pays(checkout)
    assert expire_all() == 0
    assert len(sales_of(checkout)) == 1
    assert stock_of(last_mug) == (1, 1)
    check_invariants()


def test_a_page_made_while_another_was_closed_stays_open(
    last_mug: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = an_order(last_mug)

    def closes_an_older_page(*, attempt: PaymentAttempt) -> CheckoutStatus:
        PaymentAttempt.objects.filter(pk=attempt.pk).update(provider_id="newer")
        return CheckoutStatus("expired")

    module = import_module("creatorhub.sales.services.expire_attempts")
    monkeypatch.setattr(module, "expire_page", closes_an_older_page)
    assert not expire_attempt(reference=checkout.attempt_reference)
    assert stock_of(last_mug) == (1, 1)


def test_a_completed_order_does_not_expire(last_mug: Listing) -> None:
    checkout = an_order(last_mug)
    pay(checkout)
    assert not expire_attempt(reference=checkout.attempt_reference)
    assert attempt_of(checkout).state == State.COMPLETED


def test_paid_after_closing_completes_while_the_stock_is_there(last_mug: Listing) -> None:
    checkout = an_order(last_mug)
    expire_all()
    pay_although_closed(checkout)

    assert complete_attempt(reference=checkout.attempt_reference)

    assert len(sales_of(checkout)) == 1
    assert stock_of(last_mug) == (1, 1)
    check_invariants()


def test_paid_after_closing_and_sold_meanwhile_goes_back_and_the_buyer_is_told(
    last_mug: Listing,
) -> None:
    late = an_order(last_mug, a_published_listing(stock=3))
    expire_all()
    pay(an_order(last_mug, email="omar@example.com"))
    pay_although_closed(late)

    assert complete_attempt(reference=late.attempt_reference)
    let_effects_happen()

    late.order.refresh_from_db()
    assert late.order.status == "refunded"
    assert sales_of(late) == []
    assert stands_at("processor_balance") == 10_000
    assert stands_at("buyer_credit") == 0
    page = SandboxCheckout.objects.get(public_id=attempt_of(late).provider_id)
    assert page.refunded_minor == page.amount_minor
    told = SentMail.objects.get(to=late.email)
    assert "Last mug" in told.text
    assert stock_of(last_mug) == (1, 1)
    check_invariants()


def test_when_even_that_refund_fails_we_owe_it_and_staff_know(last_mug: Listing) -> None:
    staff = a_staff_user()
    late = an_order(last_mug)
    expire_all()
    pay(an_order(last_mug, email="omar@example.com"))
    pay_although_closed(late)
    SandboxControls.objects.create(id=1, refuses_refunds=True)

    complete_attempt(reference=late.attempt_reference)
    let_effects_happen()

    assert stands_at("buyer_credit") == 10_000
    assert SentMail.objects.filter(to=staff.email, subject__contains=late.order.number).exists()
    assert SentMail.objects.filter(to=late.email).count() == 2
    check_invariants()
