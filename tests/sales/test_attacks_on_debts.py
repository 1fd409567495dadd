"""What somebody might try with debts of shops and with refunds that failed, and what stops them."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.errors import CashRefusedError, PaidInBeforeError, RefundRefusedError
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.services.give_back_by_hand import (
    contest_refund,
    decide_contest,
    say_refund_given,
)
from creatorhub.sales.services.make_good import repeat_refund
from creatorhub.sales.services.settle_debts import pay_in
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


def never_came(given: Refund) -> Refund:
    """The shop said that it gave it, the buyer that it did not; our team believed the buyer."""
    say_refund_given(refund=given, how="In cash", actor=given.sale.shop.owner.user)
    contest_refund(refund=given, note="Nothing came")
    decide_contest(refund=given, was_given=False, actor=a_staff_user())
    given.refresh_from_db()
    return given


def test_a_bank_reference_used_twice_for_another_amount_is_not_swallowed(mug: Listing) -> None:
    collected(mug)
    owner, staff = mug.shop.owner, a_staff_user()
    pay_in(party=owner, amount=Money(1_000, "SAR"), reference="T1", actor=staff)
    with pytest.raises(PaidInBeforeError):
        pay_in(party=owner, amount=Money(500, "SAR"), reference="T1", actor=staff)
    assert stands_at("payee_receivable", owner) == 2_600
    assert issubclass(PaidInBeforeError, CashRefusedError)
    check_invariants()


def test_a_bank_reference_is_not_swallowed_in_another_currency(mug: Listing) -> None:
    collected(mug)
    owner, staff = mug.shop.owner, a_staff_user()
    pay_in(party=owner, amount=Money(1_000, "SAR"), reference="T1", actor=staff)
    with pytest.raises(PaidInBeforeError):
        pay_in(party=owner, amount=Money(1_000, "USD"), reference="T1", actor=staff)


def test_the_market_does_not_pay_back_what_the_shop_took(mug: Listing) -> None:
    failed = never_came(refund(collected(mug)))
    assert failed.state == Refund.State.FAILED
    with pytest.raises(RefundRefusedError):
        repeat_refund(refund=failed, actor=a_staff_user(), proof="bank 4711")
    assert stands_at("payee_receivable", mug.shop.owner) == 3_600
    check_invariants()


def test_the_shop_is_asked_again_instead(mug: Listing) -> None:
    failed = never_came(refund(collected(mug)))
    again = repeat_refund(refund=failed, actor=a_staff_user())
    let_effects_happen()
    again.refresh_from_db()
    assert (again.state, again.by_hand.given_at) == (Refund.State.SENDING, None)
    check_invariants()
