"""An order paid by transfer: receipt, the shop's word within a clock, our team behind it."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest
from django.core.files.base import ContentFile

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import CashOrder, Sale, TransferReceipt
from creatorhub.sales.services import expire_due_attempts
from creatorhub.sales.services.confirm_cash import (
    close_unpaid,
    confirm_cash,
    deny_transfer,
    send_receipt,
)
from creatorhub.sales.services.watch_cash import watch_cash
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.cash import SAUDI_IBAN, a_cash_order, sale_of, takes_cash
from tests.factories.sales import let_effects_happen, send, stands_at, stock_of
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db
State = CashOrder.State


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=5)


def a_transfer(mug: Listing) -> CashOrder:
    return a_cash_order(mug, gateway="bank_transfer")


def show_receipt(cash: CashOrder, note: str = "") -> TransferReceipt:
    picture = ContentFile(b"a picture", name="receipt.webp")
    receipt = send_receipt(cash=cash, picture=picture, note=note)
    cash.refresh_from_db()
    return receipt


def later(days: int) -> AbstractContextManager[None]:
    return travel_to(now() + dt.timedelta(days=days))


def test_the_buyer_is_told_where_to_pay_and_nothing_is_sold_yet(mug: Listing) -> None:
    cash = a_transfer(mug)
    assert cash.state == State.AWAITING
    assert SAUDI_IBAN in cash.account_lines
    assert not Sale.objects.exists()
    assert stock_of(mug) == (5, 1)
    let_effects_happen()
    assert SentMail.objects.filter(to="sara@example.com", text__contains=SAUDI_IBAN).exists()
    check_invariants()


def test_the_shop_confirms_and_it_is_sold_like_everything(mug: Listing) -> None:
    cash = a_transfer(mug)
    show_receipt(cash)
    confirm_cash(cash=cash, actor=mug.shop.owner.user)
    sale = sale_of(cash)
    assert sale.is_collected_by_shop
    assert stands_at("payee_receivable", mug.shop.owner) == 2_400
    send(sale)
    let_effects_happen()
    assert SentMail.objects.filter(to="sara@example.com", text__contains="payment arrived").exists()
    check_invariants()


def test_a_file_can_be_paid_by_transfer_and_opens_when_it_came(mug: Listing) -> None:
    planner = a_download_listing(shop=mug.shop, price=4_900)
    cash = a_cash_order(planner, gateway="bank_transfer", address=None)
    show_receipt(cash)
    confirm_cash(cash=cash)
    assert cash.checkout.order.lines.get().grant.is_open
    check_invariants()


def test_unpaid_it_ends_and_the_stock_returns(mug: Listing) -> None:
    cash = a_transfer(mug)
    with later(4):
        assert expire_due_attempts() == 1
        cash.refresh_from_db()
        assert cash.state == State.EXPIRED
        with pytest.raises(CashRefusedError):
            show_receipt(cash)
        with pytest.raises(CashRefusedError):
            confirm_cash(cash=cash)
    assert stock_of(mug) == (5, 0)
    check_invariants()


def test_a_receipt_stops_the_clock_and_starts_the_shops(mug: Listing) -> None:
    staff = a_staff_user()
    cash = a_transfer(mug)
    show_receipt(cash)
    with later(4):
        assert expire_due_attempts() == 0
        assert watch_cash() == 1
        cash.refresh_from_db()
        assert cash.reminded_at is not None
        assert not cash.is_escalated
    with later(8):
        assert watch_cash() == 1
        cash.refresh_from_db()
        assert cash.is_escalated
        assert watch_cash() == 0
        let_effects_happen()
    assert SentMail.objects.filter(to=staff.email).count() == 1
    check_invariants()


def test_not_received_the_buyer_may_answer_and_our_team_sees_it(mug: Listing) -> None:
    cash = a_transfer(mug)
    show_receipt(cash)
    deny_transfer(cash=cash, note="Nothing on my account", actor=mug.shop.owner.user)
    with pytest.raises(CashRefusedError):
        deny_transfer(cash=cash)
    show_receipt(cash, note="My bank says it left on Sunday")
    assert cash.state == State.RECEIPT
    assert cash.is_escalated
    with later(60):
        assert expire_due_attempts() == 0
    let_effects_happen()
    assert SentMail.objects.filter(text__contains="Nothing on my account").exists()
    check_invariants()


def test_not_received_and_no_answer_it_ends(mug: Listing) -> None:
    cash = a_transfer(mug)
    show_receipt(cash)
    deny_transfer(cash=cash)
    with later(4):
        assert expire_due_attempts() == 1
    assert stock_of(mug) == (5, 0)
    check_invariants()


def test_our_team_can_end_it_either_way(mug: Listing) -> None:
    staff = a_staff_user()
    paid, unpaid = a_transfer(mug), a_transfer(mug)
    for cash in (paid, unpaid):
        show_receipt(cash)
    confirm_cash(cash=paid, actor=staff)
    close_unpaid(cash=unpaid, actor=staff)
    assert (paid.state, unpaid.state) == (State.COLLECTED, State.EXPIRED)
    assert stock_of(mug) == (5, 1)
    check_invariants()
