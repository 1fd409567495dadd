"""A refund of a collected order: the shop hands it over, the buyer may contest it."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.services import refund_amounts
from creatorhub.sales.services.give_back_by_hand import (
    contest_refund,
    decide_contest,
    say_refund_given,
)
from creatorhub.sales.services.settle_debts import pay_in, settle_debts
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.cash import a_cash_order, deliver, takes_cash
from tests.factories.sales import a_click, an_affiliate, let_effects_happen, refund, stands_at
from tests.factories.shops import a_published_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=50)


def collected(mug: Listing) -> Sale:
    noor = an_affiliate(mug.shop, rate_bps=500)
    return deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))


def test_fee_and_commission_leave_the_debt(mug: Listing) -> None:
    sale = collected(mug)
    given = refund(sale)
    assert given.state == Refund.State.SENDING
    for name in ("payee_receivable", "payee_payable"):
        assert stands_at(name, mug.shop.owner) == 0
    assert stands_at("platform_fees") == 0
    let_effects_happen()
    given.refresh_from_db()
    assert given.state == Refund.State.SENDING, "only the shop can say that it gave it"
    check_invariants()


def test_the_shop_says_so_and_the_buyer_hears_of_it(mug: Listing) -> None:
    given = refund(collected(mug))
    say_refund_given(refund=given, how="Transferred to her account", actor=mug.shop.owner.user)
    given.refresh_from_db()
    assert given.state == Refund.State.PAID
    let_effects_happen()
    assert SentMail.objects.filter(
        to="sara@example.com", text__contains="Transferred to her account"
    ).exists()
    check_invariants()


def test_in_parts_it_ends_at_the_same_cent(mug: Listing) -> None:
    sale = collected(mug)
    line = sale.lines.get()
    for minor in (7_777, 1, 16_222):
        refund_amounts(sale=sale, amounts={line.pk: Money(minor, "SAR")}, reason_code="damaged")
        check_invariants()
    assert stands_at("payee_receivable", mug.shop.owner) == 0
    assert stands_at("platform_fees") == 0


def test_what_was_settled_already_comes_back_to_the_shop(mug: Listing) -> None:
    sale = collected(mug)
    owner = mug.shop.owner
    pay_in(party=owner, amount=Money(3_600, "SAR"), reference="T", actor=a_staff_user())
    settle_debts()
    refund(sale)
    assert stands_at("payee_payable", owner) == 3_600
    check_invariants()


@pytest.mark.parametrize("was_given", [True, False])
def test_our_team_decides_what_the_buyer_contests(mug: Listing, *, was_given: bool) -> None:
    sale = collected(mug)
    given = refund(sale)
    with pytest.raises(CashRefusedError):
        contest_refund(refund=given, note="Nothing came")
    say_refund_given(refund=given, how="Cash", actor=mug.shop.owner.user)
    contest_refund(refund=given, note="Nothing came")
    staff = a_staff_user()
    decide_contest(refund=given, was_given=was_given, actor=staff)
    let_effects_happen()
    given.refresh_from_db()
    assert given.state == (Refund.State.PAID if was_given else Refund.State.FAILED)
    owed = 0 if was_given else 3_600
    assert stands_at("payee_receivable", mug.shop.owner) == owed
    assert SentMail.objects.filter(to=staff.email, text__contains="Nothing came").exists()
    with pytest.raises(CashRefusedError):
        decide_contest(refund=given, was_given=True, actor=staff)
    check_invariants()
