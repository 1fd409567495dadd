"""What an attributed line earns, and how it is taken back."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creatorhub.affiliates.models import Commission
from creatorhub.affiliates.services import (
    postpone_commission,
    release_commission,
    restore_commission,
    reverse_commission,
)
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import change_policy
from creatorhub.money import Money, reversed_share
from tests.factories.affiliates import a_member, a_programme, buy
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import a_click, a_link

pytestmark = pytest.mark.django_db


def a_commission(*, rate_bps: int = 1000, currency: str = "SAR", **sold) -> Commission:
    """A commission of a sale through a member's link."""
    listing = a_published_listing(shop=a_shop(currency=currency))
    member = a_member(a_programme(shop=listing.shop, rate_bps=rate_bps))
    sold = {name: Money(minor, currency) for name, minor in sold.items()}
    _, commission = buy(listing, a_click(a_link(sharer=member.owner, listing=listing)), **sold)
    assert commission is not None
    return commission


def reverse(commission: Commission, target: int, source: str = "refund:1") -> Money | None:
    return reverse_commission(
        order_line=commission.attribution.order_line,
        refund_source=source,
        target_reversed=Money(target, commission.currency),
        reason_code="refunded",
    )


def test_case_064_a_hundred_refunds_of_one_minor_reverse_exactly_the_commission():
    commission = a_commission(rate_bps=3333, base=100, fee=10)
    assert commission.amount_minor == 33
    base = Money(commission.base_minor, "SAR")
    for refunded in range(1, 101):
        target = reversed_share(share=commission.amount, base=base, refunded=Money(refunded, "SAR"))
        reverse(commission, target.minor, f"refund:{refunded}")
    commission.refresh_from_db()
    assert commission.reversed_minor == 33
    assert sum(row.delta_minor for row in commission.adjustments.all()) == -33
    assert commission.state == Commission.State.VOIDED


def test_case_065_two_halves_reverse_the_same_in_either_order():
    left = []
    for halves in ((333, 667), (667, 333)):
        commission = a_commission(rate_bps=1234, base=1000, fee=100)
        base, given_back = Money(1000, "SAR"), 0
        for number, half in enumerate(halves):
            given_back += half
            target = reversed_share(
                share=commission.amount, base=base, refunded=Money(given_back, "SAR")
            )
            reverse(commission, target.minor, f"refund:{number}")
        commission.refresh_from_db()
        left.append(commission.remaining)
    assert left == [Money.zero("SAR"), Money.zero("SAR")]


def test_case_066_the_same_refund_told_three_times_is_one_adjustment():
    commission = a_commission()
    told = [reverse(commission, 400) for _ in range(3)]
    assert told == [Money(400, "SAR"), Money.zero("SAR"), Money.zero("SAR")]
    assert commission.adjustments.count() == 1


def test_case_068_more_than_is_left_is_capped():
    commission = a_commission()
    assert reverse(commission, 5_000) == Money(1_000, "SAR")
    commission.refresh_from_db()
    assert commission.remaining == Money.zero("SAR")


def test_reversing_never_gives_back_what_was_already_reversed():
    commission = a_commission()
    reverse(commission, 600, "refund:1")
    assert reverse(commission, 500, "refund:2") == Money.zero("SAR")
    commission.refresh_from_db()
    assert commission.reversed_minor == 600


def test_case_076_a_voided_commission_keeps_its_frozen_amount():
    commission = a_commission()
    reverse(commission, 1_000)
    commission.refresh_from_db()
    assert (commission.state, commission.amount_minor) == (Commission.State.VOIDED, 1_000)


def test_a_refund_that_failed_gives_the_commission_back_once():
    commission = a_commission()
    line = commission.attribution.order_line
    reverse(commission, 1_000)
    for target in (400, 0):
        restore_commission(
            order_line=line, refund_source="refund:1", target_reversed=Money(target, "SAR")
        )
    commission.refresh_from_db()
    assert (commission.reversed_minor, commission.state) == (400, Commission.State.PENDING)
    assert sorted(row.delta_minor for row in commission.adjustments.all()) == [-1_000, 600]
    assert str(commission.adjustments.first())


def test_a_released_commission_comes_back_released_when_its_refund_failed():
    commission = a_commission()
    line = commission.attribution.order_line
    release_commission(order_line=line)
    reverse(commission, 1_000)
    restore_commission(order_line=line, refund_source="refund:1", target_reversed=Money.zero("SAR"))
    commission.refresh_from_db()
    assert (commission.remaining, commission.state) == (
        commission.amount,
        Commission.State.APPROVED,
    )


def test_a_line_without_a_commission_has_nothing_to_reverse_or_release():
    line, _ = buy()
    zero = Money.zero("SAR")
    assert (
        reverse_commission(
            order_line=line, refund_source="refund:1", target_reversed=zero, reason_code="refunded"
        )
        is None
    )
    assert release_commission(order_line=line) is None
    restore_commission(order_line=line, refund_source="refund:1", target_reversed=zero)


def test_released_once_it_stays_released_and_its_date_no_longer_moves():
    commission = a_commission()
    line = commission.attribution.order_line
    later = now().date() + dt.timedelta(days=20)
    postpone_commission(order_line=line, expected_on=later)
    release_commission(order_line=line)
    released = release_commission(order_line=line)
    postpone_commission(order_line=line, expected_on=later + dt.timedelta(days=1))
    commission.refresh_from_db()
    assert released.state == commission.state == Commission.State.APPROVED
    assert commission.released_at is not None
    assert commission.expected_on == later


def test_a_voided_commission_is_not_released():
    commission = a_commission()
    reverse(commission, 1_000)
    release_commission(order_line=commission.attribution.order_line)
    commission.refresh_from_db()
    assert commission.state == Commission.State.VOIDED


def test_case_078_079_a_commission_never_takes_more_than_the_fee_leaves():
    listing = a_published_listing()
    member = a_member(a_programme(shop=listing.shop, rate_bps=9_000))
    change_policy(actor=None, platform_fee_bps=1_500, payout_minimum_minor={"SAR": 2_000})
    click = a_click(a_link(sharer=member.owner, listing=listing))
    _, commission = buy(listing, click, fee=Money(1_500, "SAR"))
    assert commission.amount_minor == 8_500


@pytest.mark.parametrize(
    ("currency", "base", "fee", "earned"), [("JPY", 999, 99, 99), ("KWD", 12_340, 1_230, 1_230)]
)
def test_case_080_currencies_of_no_and_three_decimals_are_exact(currency, base, fee, earned):
    commission = a_commission(currency=currency, base=base, fee=fee)
    assert (commission.amount_minor, commission.currency) == (earned, currency)


def test_case_094_an_order_that_is_never_credited_has_no_commission():
    assert not Commission.objects.exists()
    listing = a_published_listing()
    a_member(a_programme(shop=listing.shop))
    assert not Commission.objects.exists()


@settings(max_examples=60, deadline=None)
@given(
    base=st.integers(1, 10**9),
    rate=st.integers(1, 9_000),
    parts=st.lists(st.integers(1, 10**6), max_size=6),
)
def test_targets_only_ever_rise_and_end_at_the_commission(base, rate, parts):
    whole = Money(base, "SAR")
    share = whole.at_rate(rate)
    refunded, last = 0, Money.zero("SAR")
    for part in [*parts, base]:
        refunded = min(base, refunded + part)
        target = reversed_share(share=share, base=whole, refunded=Money(refunded, "SAR"))
        assert last <= target <= share
        last = target
    assert last == share
