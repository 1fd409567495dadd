"""An order paid at the door: the shop sends first, and owes fee and commission once it is paid."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now, travel_to
from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.word import say_paid
from creatorhub.sales.errors import CashRefusedError, RefundRefusedError, WayToPayRefusedError
from creatorhub.sales.models import CashOrder
from creatorhub.sales.services import (
    complete_due,
    expire_due_attempts,
    release_due,
    remind_late,
)
from creatorhub.sales.services.confirm_cash import close_unpaid, confirm_cash, refuse_delivery
from creatorhub.sales.services.watch_cash import watch_cash
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.cash import a_cash_order, deliver, sale_of, takes_cash
from tests.factories.sales import (
    a_click,
    an_affiliate,
    attempt_of,
    let_effects_happen,
    refund,
    send,
    stands_at,
    stock_of,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=5)


def test_the_shop_sees_the_sale_at_once_and_the_book_nothing(mug: Listing) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    cash = a_cash_order(mug, clicks=[a_click(noor, mug)])
    assert cash.state == CashOrder.State.TO_COLLECT
    assert cash.checkout.order.status == "accepted"
    assert sale_of(cash).is_collected_by_shop
    assert stock_of(mug) == (5, 1)
    assert stands_at("payee_held", noor) == 0
    assert stands_at("payee_receivable", mug.shop.owner) == 0
    let_effects_happen()
    assert SentMail.objects.filter(text__contains="Have SAR\u00a0240.00 ready").count() == 1
    assert SentMail.objects.filter(text__contains="Collect SAR\u00a0240.00").count() == 1
    check_invariants()


def test_once_paid_the_shop_owes_exactly_fee_and_commission(mug: Listing) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    cash = a_cash_order(mug, clicks=[a_click(noor, mug)])
    sale = deliver(cash)
    assert (sale.fee_minor, sale.commission_minor) == (2_400, 1_200)
    assert stands_at("payee_receivable", mug.shop.owner) == 3_600
    assert stands_at("platform_fees") == 2_400
    assert stands_at("payee_held", noor) == 1_200
    assert stands_at("payee_held", mug.shop.owner) == 0, "its own share never passes the market"
    assert stands_at("processor_balance") == 0
    cash.refresh_from_db()
    assert cash.state == CashOrder.State.COLLECTED
    cash.checkout.order.refresh_from_db()
    assert cash.checkout.order.status == "paid"
    assert attempt_of(cash.checkout).state == PaymentAttempt.State.COMPLETED
    check_invariants()


def test_saying_it_twice_counts_once(mug: Listing) -> None:
    cash = a_cash_order(mug)
    deliver(cash)
    confirm_cash(cash=cash)
    let_effects_happen()
    assert stands_at("payee_receivable", mug.shop.owner) == 2_400


def test_a_crash_after_the_word_is_finished_by_the_worker(mug: Listing) -> None:
    cash = a_cash_order(mug)
    say_paid(provider_id=attempt_of(cash.checkout).provider_id)
    let_effects_happen()
    cash.refresh_from_db()
    assert cash.state == CashOrder.State.COLLECTED
    assert stands_at("payee_receivable", mug.shop.owner) == 2_400


def test_no_clock_closes_what_waits_at_a_door(mug: Listing) -> None:
    cash = a_cash_order(mug)
    with travel_to(now() + dt.timedelta(days=60)):
        assert expire_due_attempts() == 0
        assert complete_due() == 0
        assert release_due() == 0
    cash.refresh_from_db()
    assert cash.state == CashOrder.State.TO_COLLECT


@pytest.mark.parametrize("was_sent", [True, False])
def test_a_refused_delivery_leaves_nothing_behind(mug: Listing, *, was_sent: bool) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    cash = a_cash_order(mug, clicks=[a_click(noor, mug)])
    if was_sent:
        send(sale_of(cash))
        assert stock_of(mug) == (4, 0)
    refuse_delivery(cash=cash, reason_code="delivery_refused", actor=mug.shop.owner.user)
    assert stock_of(mug) == (5, 0)
    assert Commission.objects.get().state == Commission.State.VOIDED
    for account in ("payee_receivable", "payee_held"):
        assert stands_at(account, mug.shop.owner) == stands_at(account, noor) == 0
    cash.checkout.order.refresh_from_db()
    assert cash.checkout.order.status == "refused"
    let_effects_happen()
    assert SentMail.objects.filter(
        to="sara@example.com", text__contains="You paid nothing and owe nothing"
    ).exists()
    with pytest.raises(CashRefusedError):
        confirm_cash(cash=cash)
    assert release_due() == 0
    check_invariants()


def test_what_was_paid_cannot_be_refused_any_more(mug: Listing) -> None:
    cash = a_cash_order(mug)
    deliver(cash)
    with pytest.raises(CashRefusedError):
        refuse_delivery(cash=cash, reason_code="delivery_refused")
    check_invariants()


def test_nothing_is_given_back_before_it_was_paid(mug: Listing) -> None:
    cash = a_cash_order(mug)
    with pytest.raises(RefundRefusedError):
        refund(sale_of(cash))


def test_only_one_shop_may_collect_an_order(mug: Listing) -> None:
    other = a_published_listing(price=5_000)
    with pytest.raises(WayToPayRefusedError) as refused:
        a_cash_order(mug, other)
    assert refused.value.problem == "several_shops"
    assert not CashOrder.objects.exists()
    assert stock_of(mug) == (5, 0), "nothing of it was placed"


def test_a_file_is_not_paid_at_a_door(mug: Listing) -> None:
    planner = a_download_listing(shop=mug.shop, price=4_900)
    with pytest.raises(WayToPayRefusedError) as refused:
        a_cash_order(mug, planner)
    assert refused.value.problem == "downloads"


@pytest.mark.parametrize(("price", "problem"), [(4_990, "too_little"), (50_010, "too_much")])
def test_a_shop_takes_cash_between_its_amounts(price: int, problem: str) -> None:
    shop = a_shop()
    takes_cash(shop, least=Money(5_000, "SAR"), most=Money(50_000, "SAR"))
    with pytest.raises(WayToPayRefusedError) as refused:
        a_cash_order(a_published_listing(shop=shop, price=price))
    assert refused.value.problem == problem


def test_a_shop_that_never_said_so_takes_no_cash() -> None:
    with pytest.raises(WayToPayRefusedError) as refused:
        a_cash_order(a_published_listing())
    assert refused.value.problem == "not_offered"


def test_the_shop_is_asked_twice_then_our_team_looks(mug: Listing) -> None:
    staff = a_staff_user()
    cash = a_cash_order(mug)
    with travel_to(now() + dt.timedelta(days=20)):
        assert watch_cash() == 0, "what has not left cannot have been paid"
        send(sale_of(cash))
    with travel_to(now() + dt.timedelta(days=30)):
        assert watch_cash() == 1
        cash.refresh_from_db()
        assert cash.reminded_at is not None
        assert not cash.is_escalated
    with travel_to(now() + dt.timedelta(days=40)):
        assert watch_cash() == 1
        cash.refresh_from_db()
        assert cash.is_escalated
        let_effects_happen()
        assert SentMail.objects.filter(to=staff.email).exists()
        close_unpaid(cash=cash, actor=staff)
    cash.refresh_from_db()
    assert (cash.state, cash.reason_code) == (CashOrder.State.REFUSED, "cash_unconfirmed")
    check_invariants()


def test_what_is_never_sent_is_closed_by_itself(mug: Listing) -> None:
    cash = a_cash_order(mug)
    with travel_to(now() + dt.timedelta(days=10)):
        remind_late()
    with travel_to(now() + dt.timedelta(days=40)):
        assert watch_cash() == 1
    cash.refresh_from_db()
    assert (cash.state, cash.reason_code) == (CashOrder.State.REFUSED, "not_sent_in_time")
    assert stock_of(mug) == (5, 0)
    check_invariants()


def test_the_affiliates_mail_says_why_it_waits(mug: Listing) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    let_effects_happen()
    assert noor.user is not None
    (mail,) = SentMail.objects.filter(to=noor.user.email)
    assert "settles your share with its next sales" in mail.text
