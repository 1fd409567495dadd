"""What a shop owes from collected orders is settled oldest first, and only then others are paid."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import CashOrder, Hold, OfflineTerms, Sale
from creatorhub.sales.services import release_due
from creatorhub.sales.services.judge_collecting import judge_collecting
from creatorhub.sales.services.settle_debts import pay_in, settle_debts
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_staff_user
from tests.factories.cash import a_cash_order, deliver, takes_cash
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    let_effects_happen,
    send,
    stands_at,
)
from tests.factories.shops import a_published_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=50)


def waits_for_shop(line_sale: Sale) -> bool:
    return Hold.objects.filter(
        sale_line__sale=line_sale, reason_code="shop_settles", closed_at=None
    ).exists()


def later(days: int) -> AbstractContextManager[None]:
    return travel_to(now() + dt.timedelta(days=days))


def test_the_next_card_sale_settles_it_and_the_affiliate_is_released(mug: Listing) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    cash_sale = deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    card_sale = a_sale(mug)
    send(card_sale)
    with later(30):
        settle_debts()
        assert waits_for_shop(cash_sale), "the window is over, and the shop has not settled"
        release_due()
        assert stands_at("payee_receivable", mug.shop.owner) == 0
        assert stands_at("payee_payable", mug.shop.owner) == 21_600 - 3_600
        assert stands_at("payee_payable", noor) == 0
        settle_debts()
        assert not waits_for_shop(cash_sale)
        release_due()
        assert stands_at("payee_payable", noor) == 1_200
    check_invariants()


def test_the_oldest_debt_is_settled_first(mug: Listing) -> None:
    noor = an_affiliate(mug.shop, rate_bps=500)
    first = deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    second = deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    owner = mug.shop.owner
    pay_in(party=owner, amount=Money(3_590, "SAR"), reference="T1", actor=a_staff_user())
    settle_debts()
    assert waits_for_shop(first), "a step is missing"
    pay_in(party=owner, amount=Money(10, "SAR"), reference="T2", actor=a_staff_user())
    settle_debts()
    assert not waits_for_shop(first)
    assert waits_for_shop(second)
    check_invariants()


def test_what_is_payable_already_settles_it_at_once(mug: Listing) -> None:
    card_sale = a_sale(mug)
    send(card_sale)
    with later(30):
        release_due()
        assert stands_at("payee_payable", mug.shop.owner) == 21_600
        deliver(a_cash_order(mug))
        assert stands_at("payee_receivable", mug.shop.owner) == 0
        assert stands_at("payee_payable", mug.shop.owner) == 21_600 - 2_400
    assert CashOrder.objects.get().settled_at is not None
    check_invariants()


def test_paying_in_counts_once_and_never_too_much(mug: Listing) -> None:
    deliver(a_cash_order(mug))
    staff, owner = a_staff_user(), mug.shop.owner
    with pytest.raises(CashRefusedError):
        pay_in(party=owner, amount=Money(2_401, "SAR"), reference="T1", actor=staff)
    for _twice in range(2):
        rest = pay_in(party=owner, amount=Money(2_000, "SAR"), reference="T1", actor=staff)
    assert rest == Money(400, "SAR")
    assert stands_at("bank") == 2_000
    check_invariants()


@pytest.mark.parametrize("reason_code", ["owes_too_long", "owes_too_much"])
def test_a_shop_that_owes_may_not_collect_until_it_is_settled(
    mug: Listing, reason_code: str
) -> None:
    if reason_code == "owes_too_much":
        change_policy(actor=None, shop_debt_limit_minor={"SAR": 2_399})
    deliver(a_cash_order(mug))
    with later(31 if reason_code == "owes_too_long" else 1):
        judge_collecting()
        terms = OfflineTerms.objects.get()
        assert terms.paused_reason == reason_code
        let_effects_happen()
        pay_in(
            party=mug.shop.owner,
            amount=Money(2_400, "SAR"),
            reference="T1",
            actor=a_staff_user(),
        )
        settle_debts()
        judge_collecting()
        terms.refresh_from_db()
        assert not terms.is_paused
        let_effects_happen()
    owner = mug.shop.owner.user
    assert owner is not None
    subjects = list(SentMail.objects.filter(to=owner.email).values_list("subject", flat=True))
    assert any("cards only" in subject for subject in subjects)
    assert any("again" in subject for subject in subjects)
    check_invariants()
