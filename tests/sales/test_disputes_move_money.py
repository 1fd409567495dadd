"""A dispute takes money at once, lets everybody's share wait, and moves it when it is decided."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.models import Hold, SaleLine
from creatorhub.sales.services import release_due
from tests.factories.disputes import DisputedMarket, the_bank_decides
from tests.factories.sales import let_effects_happen, refund, send, stands_at

pytestmark = pytest.mark.django_db

SHARES = [5_100, 3_600, 300]
NOTHING = [0, 0, 0]


@pytest.fixture
def market() -> DisputedMarket:
    return DisputedMarket()


def everything_is_released(market: DisputedMarket) -> None:
    for sale in (market.sale_a, market.sale_b):
        send(sale)
    with travel_to(now() + dt.timedelta(days=40)):
        release_due()
    assert market.payable() == SHARES


def everybody_is_paid(market: DisputedMarket) -> None:
    change_policy(actor=None, payout_minimum_minor={"SAR": 1})
    everything_is_released(market)
    run_payouts(key="test")
    let_effects_happen()
    assert market.payable() == NOTHING


def in_review() -> tuple[int, int, int]:
    names = ("disputes_in_review", "dispute_fees", "processor_balance")
    review, fees, balance = (stands_at(name) for name in names)
    return review, fees, balance


def test_an_open_dispute_takes_the_money_and_nobodys_share(market) -> None:
    dispute = market.dispute()
    fee = dispute.fee_minor
    assert fee > 0
    assert in_review() == (10_000, fee, -fee)
    assert market.held() == SHARES
    holds = Hold.objects.filter(reason_code="dispute", closed_at=None)
    assert {hold.sale_line.sale for hold in holds} == {market.sale_a, market.sale_b}
    assert {hold.expected_until for hold in holds} == {dispute.due_by}
    check_invariants()


def test_disputed_money_is_not_released_however_long_it_takes(market) -> None:
    for sale in (market.sale_a, market.sale_b):
        send(sale)
    market.dispute()
    with travel_to(now() + dt.timedelta(days=100)):
        assert release_due() == 0
    assert market.held() == SHARES


def test_won_puts_everything_back_where_it_was(market) -> None:
    dispute = market.dispute()
    the_bank_decides(dispute, "won")
    fee = dispute.fee_minor
    assert in_review() == (0, fee, 10_000 - fee)
    assert market.held() == SHARES
    assert not Hold.objects.filter(reason_code="dispute", closed_at=None).exists()
    check_invariants()


def test_lost_before_release_takes_every_share_from_what_is_held(market) -> None:
    the_bank_decides(market.dispute(), "lost")
    assert market.held() == NOTHING
    assert market.owed() == NOTHING
    assert stands_at("platform_fees") == 0
    assert stands_at("disputes_in_review") == 0
    market.order.order.refresh_from_db()
    assert market.order.order.status == "refunded"
    check_invariants()


def test_half_a_dispute_takes_half_of_every_line(market) -> None:
    the_bank_decides(market.dispute(share_percent=50), "lost")
    assert market.held() == [2_550, 1_800, 150]
    assert stands_at("platform_fees") == 500
    assert [line.refunded_minor for line in SaleLine.objects.order_by("pk")] == [3_000, 2_000]
    check_invariants()


def test_released_money_that_was_not_paid_out_waits_again_and_is_let_go_again(market) -> None:
    everything_is_released(market)
    dispute = market.dispute()
    assert market.held() == SHARES
    assert market.payable() == NOTHING
    assert run_payouts(key="while it waits").payouts.count() == 0
    check_invariants()
    the_bank_decides(dispute, "won")
    assert market.payable() == SHARES
    assert market.held() == NOTHING
    check_invariants()


def test_it_may_wait_twice(market) -> None:
    everything_is_released(market)
    the_bank_decides(market.dispute(share_percent=50), "won")
    the_bank_decides(market.dispute(), "won")
    assert market.payable() == SHARES
    check_invariants()


def test_released_money_is_lost_from_where_it_waits(market) -> None:
    everything_is_released(market)
    the_bank_decides(market.dispute(share_percent=50), "lost")
    assert market.payable() == [2_550, 1_800, 150]
    assert market.owed() == NOTHING
    check_invariants()


def test_money_that_was_paid_out_is_left_alone_until_it_is_lost(market) -> None:
    everybody_is_paid(market)
    dispute = market.dispute()
    assert market.held() == market.payable() == market.owed() == NOTHING
    check_invariants()
    the_bank_decides(dispute, "lost")
    assert market.owed() == SHARES
    assert stands_at("platform_fees") == 0
    check_invariants()


def test_won_after_everybody_was_paid_changes_nothing(market) -> None:
    everybody_is_paid(market)
    the_bank_decides(market.dispute(), "won")
    assert market.held() == market.payable() == market.owed() == NOTHING
    check_invariants()


def test_the_shop_was_paid_and_the_affiliate_was_not(market) -> None:
    change_policy(actor=None, payout_minimum_minor={"SAR": 1_000})
    everything_is_released(market)
    run_payouts(key="shops only")
    let_effects_happen()
    assert market.payable() == [0, 0, 300]
    dispute = market.dispute()
    assert market.held() == [0, 0, 300]
    check_invariants()
    the_bank_decides(dispute, "won")
    assert market.payable() == [0, 0, 300]
    check_invariants()


def test_a_shop_bears_the_fee_of_a_lost_dispute_where_the_policy_says_so(market) -> None:
    change_policy(actor=None, dispute_fee_bearer="shop")
    dispute = the_bank_decides(market.dispute(), "lost")
    assert stands_at("dispute_fees") == 0
    owed = market.owed()
    assert sum(owed) == dispute.fee_minor
    assert owed[2] == 0
    assert owed[0] > owed[1] > 0
    check_invariants()


def test_a_won_dispute_costs_no_shop_anything(market) -> None:
    change_policy(actor=None, dispute_fee_bearer="shop")
    the_bank_decides(market.dispute(), "won")
    assert market.owed() == NOTHING


def test_what_went_back_before_is_not_disputed_again(market) -> None:
    refund(market.sale_a)
    let_effects_happen()
    dispute = market.dispute()
    assert dispute.amount_minor == 4_000
    the_bank_decides(dispute, "lost")
    assert market.held() == NOTHING
    assert stands_at("bad_debt") == 0
    check_invariants()
