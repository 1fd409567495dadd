"""Whoever races, an order is placed once, sold once, and given back once."""

from __future__ import annotations

import datetime as dt

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import JournalEntry
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Checkout, Refund, Sale
from creatorhub.sales.services import (
    complete_attempt,
    complete_due,
    expire_attempt,
    place_order,
    release_due,
)
from tests.databases import CommittedDatabase
from tests.factories.sales import (
    RIYADH,
    a_basket,
    a_sale,
    an_order,
    attempt_of,
    line_ids,
    refund,
    stands_at,
    stock_of,
    the_buyer_pays,
)
from tests.factories.shops import a_download_listing, a_published_listing
from tests.sales.test_placing_an_order import SARA


def test_ten_submits_of_one_basket_are_one_order(committed_database: CommittedDatabase) -> None:
    listing = a_published_listing(stock=5)
    basket = a_basket(listing)

    answers = committed_database.at_once(
        *[lambda: place_order(basket=basket, contact=SARA, address=RIYADH)] * 10
    )

    assert {answer.pk for answer in answers} == {Checkout.objects.get().pk}
    assert PaymentAttempt.objects.count() == 1
    assert stock_of(listing) == (5, 1)
    check_invariants()


def test_return_page_event_and_completer_at_once_are_one_sale(
    committed_database: CommittedDatabase,
) -> None:
    checkout = an_order(a_published_listing())
    the_buyer_pays(checkout)

    def return_page() -> bool:
        return complete_attempt(reference=checkout.attempt_reference)

    answers = committed_database.at_once(
        *[return_page] * 6, handle_due_events, handle_due_events, complete_due, complete_due
    )

    assert all(answer is True for answer in answers[:6])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Sale.objects.count() == 1
    assert JournalEntry.objects.filter(kind="sale").count() == 1
    check_invariants()


def test_paying_and_closing_at_once_sells_or_gives_back_but_never_both(
    committed_database: CommittedDatabase,
) -> None:
    listing = a_published_listing(stock=10)
    orders = [an_order(listing, email=f"buyer{n}@example.com") for n in range(5)]
    calls = []
    for checkout in orders:
        calls.append(lambda checkout=checkout: the_buyer_pays(checkout))
        calls.append(lambda checkout=checkout: expire_attempt(reference=checkout.attempt_reference))

    answers = committed_database.at_once(*calls)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    handle_due_events()
    states = {attempt_of(checkout).state for checkout in orders}
    assert states <= {PaymentAttempt.State.COMPLETED, PaymentAttempt.State.EXPIRED}
    assert stock_of(listing) == (10, Sale.objects.count())
    check_invariants()


def test_five_refunds_at_once_give_back_once(committed_database: CommittedDatabase) -> None:
    sale = a_sale(a_published_listing(price=10_000))

    answers = committed_database.at_once(*[lambda: refund(sale, *line_ids(sale))] * 5)

    assert sum(isinstance(answer, Refund) for answer in answers) == 1
    assert sum(isinstance(answer, RefundRefusedError) for answer in answers) == 4
    assert stands_at("processor_balance") == 0
    check_invariants()


def test_release_and_refund_at_once_move_each_cent_once(
    committed_database: CommittedDatabase,
) -> None:
    sales = [a_sale(a_download_listing(), address=None) for _ in range(3)]
    later = now() + dt.timedelta(days=20)

    def release() -> int:
        with travel_to(later):
            return release_due()

    calls = [lambda sale=sale: refund(sale) for sale in sales]
    answers = committed_database.at_once(*calls, release, release, release)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert Refund.objects.count() == 3
    assert stands_at("processor_balance") == 0
    for sale in sales:
        assert stands_at("payee_held", sale.shop.owner) == 0
        assert stands_at("payee_payable", sale.shop.owner) == 0
    check_invariants()
