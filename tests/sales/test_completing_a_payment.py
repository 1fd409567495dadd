"""Event, return page and completer end in one sale, or in none."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import JournalEntry
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import PaymentAttempt, Quarantine, SandboxCheckout
from creatorhub.payments.sandbox.events import deliver_held
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.models import Checkout
from creatorhub.sales.services import complete_attempt, complete_due
from tests.factories.sales import an_order, attempt_of, pay, sales_of, the_buyer_pays
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db
State = PaymentAttempt.State


@pytest.fixture
def checkout() -> Checkout:
    return an_order(a_published_listing(price=10_000))


def complete(checkout: Checkout) -> bool:
    return complete_attempt(reference=checkout.attempt_reference)


def page_of(checkout: Checkout) -> SandboxCheckout:
    return SandboxCheckout.objects.get(public_id=attempt_of(checkout).provider_id)


def test_nothing_is_sold_before_the_gateway_says_so(checkout: Checkout) -> None:
    assert not complete(checkout)
    assert sales_of(checkout) == []


def test_the_event_alone_completes_an_order(checkout: Checkout) -> None:
    the_buyer_pays(checkout)
    handle_due_events()
    assert len(sales_of(checkout)) == 1
    assert attempt_of(checkout).state == State.COMPLETED
    check_invariants()


def test_return_page_and_doubled_event_are_one_sale(checkout: Checkout) -> None:
    pay(checkout)
    handle_due_events()
    deliver_held(twice=True)
    handle_due_events()
    assert complete(checkout)
    assert len(sales_of(checkout)) == 1
    assert JournalEntry.objects.filter(kind="sale").count() == 1
    assert OutboxMessage.objects.filter(topic="mail.receipt").count() == 1
    check_invariants()


def test_another_amount_is_put_aside_and_delivers_nothing(checkout: Checkout) -> None:
    the_buyer_pays(checkout)
    page = page_of(checkout)
    page.amount_minor -= 1
    page.save()

    assert not complete(checkout)

    row = Quarantine.objects.get()
    assert row.reason_code == "amount_differs"
    assert (row.payload["asked_minor"], row.payload["paid_minor"]) == (10_000, 9_999)
    assert sales_of(checkout) == []
    assert not complete(checkout)
    assert Quarantine.objects.count() == 1
    check_invariants()


def test_another_currency_is_put_aside_too(checkout: Checkout) -> None:
    the_buyer_pays(checkout)
    page = page_of(checkout)
    page.currency = "AED"
    page.save()
    assert not complete(checkout)
    assert Quarantine.objects.get().reason_code == "currency_differs"
    assert sales_of(checkout) == []


def test_a_payment_that_was_never_recorded_is_finished_by_the_completer(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    the_buyer_pays(checkout)

    def killed(**_kwargs: object) -> None:
        raise KeyboardInterrupt

    module = import_module("creatorhub.sales.services.complete_attempt")
    with monkeypatch.context() as broken:
        broken.setattr(module, "record_paid", killed)
        with pytest.raises(KeyboardInterrupt):
            complete(checkout)
    assert attempt_of(checkout).state == State.PAID
    assert sales_of(checkout) == []

    assert complete_due() == 1

    assert len(sales_of(checkout)) == 1
    assert complete_due() == 0
    check_invariants()


def test_a_lost_event_is_noticed_by_asking(checkout: Checkout) -> None:
    the_buyer_pays(checkout)
    assert complete_due() == 0, "a young attempt still has its event on its way"
    with travel_to(now() + dt.timedelta(minutes=2)):
        assert complete_due() == 1
    assert len(sales_of(checkout)) == 1


def test_one_broken_attempt_does_not_stop_the_others(checkout: Checkout) -> None:
    other = an_order(a_published_listing(price=10_000))
    the_buyer_pays(checkout)
    the_buyer_pays(other)
    page_of(checkout).delete()
    with travel_to(now() + dt.timedelta(minutes=2)):
        assert complete_due() == 1
    assert len(sales_of(other)) == 1
