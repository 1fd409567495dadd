"""Amounts are exact: nothing is lost, nothing is made, whatever is split or reversed."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorhub.money import (
    CURRENCIES,
    Money,
    MoneyError,
    currency_facts,
    reversed_share,
)

codes = st.sampled_from(sorted(CURRENCIES))
quanta = st.integers(min_value=0, max_value=10**9)


@st.composite
def amounts(draw, largest: int = 10**9) -> Money:
    """What can be charged: a whole number of the currency's steps."""
    code = draw(codes)
    count = draw(st.integers(min_value=0, max_value=largest))
    return Money(count * currency_facts(code).quantum_minor, code)


@given(amounts(), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_a_split_always_sums_to_the_whole(whole, weights) -> None:
    shares = whole.split(weights)
    assert Money.total(shares, whole.currency) == whole
    assert all(share.minor % whole.quantum.minor == 0 for share in shares)


@given(amounts(), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_no_share_is_further_than_one_step_from_its_due(whole, weights) -> None:
    for share, weight in zip(whole.split(weights), weights, strict=True):
        off_by = abs(share.minor * sum(weights) - whole.minor * weight)
        assert off_by < whole.quantum.minor * sum(weights)


@given(amounts(), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_part_is_never_more_than_it_should_be_nor_a_step_less(whole, part, of) -> None:
    part = min(part, of)
    taken = whole.prorate_floor(part, of)
    assert Money.zero(whole.currency) <= taken <= whole
    assert taken.minor * of <= whole.minor * part < (taken + whole.quantum).minor * of


@given(amounts(10**6), st.integers(0, 10_000), st.lists(st.integers(1, 10**5), max_size=20))
def test_any_refunds_in_any_order_reverse_the_same_cents(base, rate_bps, parts) -> None:
    share = base.at_rate(rate_bps)
    step = base.quantum.minor
    cumulative = [Money(sum_ * step, base.currency) for sum_ in accumulate(sorted(parts))]
    so_far = [one for one in cumulative if one < base] + [base]
    targets = [reversed_share(share=share, base=base, refunded=refunded) for refunded in so_far]
    assert targets == sorted(targets, key=lambda money: money.minor)
    assert targets[-1] == share


def test_a_third_of_a_hundred_in_a_hundred_refunds_is_exactly_33() -> None:
    base = Money(10_000, "USD")
    share = base.at_rate(3333)
    assert share == Money(3333, "USD")
    done = Money.zero("USD")
    for refund in range(1, 101):
        target = reversed_share(share=share, base=base, refunded=Money(refund * 100, "USD"))
        done += target - done
    assert done == share
    small = Money(100, "USD")
    assert reversed_share(share=Money(33, "USD"), base=small, refunded=small) == Money(33, "USD")


@pytest.mark.parametrize(
    ("amount", "code", "minor"),
    [
        ("79.00", "SAR", 7900),
        ("1250", "JPY", 1250),
        ("1.250", "KWD", 1250),
        ("0.01", "KWD", 10),
        ("-3.5", "USD", -350),
        ("1E+2", "USD", 10_000),
    ],
)
def test_major_units_are_read_exactly_and_written_back(amount, code, minor) -> None:
    money = Money.from_decimal(Decimal(amount), code)
    assert money.minor == minor
    assert money.to_decimal() == Decimal(amount)
    assert money.exponent == CURRENCIES[code].exponent


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0.001", "USD"),
        ("0.5", "JPY"),
        ("0.0001", "KWD"),
        ("0.005", "KWD"),
        ("NaN", "USD"),
        ("Infinity", "USD"),
        ("1", "XXX"),
    ],
)
def test_what_cannot_be_counted_is_refused(amount, code) -> None:
    with pytest.raises(MoneyError):
        Money.from_decimal(Decimal(amount), code)


@pytest.mark.parametrize("minor", [1.0, True, "1", None, Decimal(1)])
def test_minor_units_are_whole_numbers_and_nothing_else(minor) -> None:
    with pytest.raises(MoneyError):
        Money(minor, "USD")


def test_dinars_are_split_in_steps_that_can_be_paid() -> None:
    assert [share.minor for share in Money(100, "KWD").split([1, 1, 1])] == [40, 30, 30]
    assert Money(1250, "KWD").at_rate(1000) == Money(120, "KWD")
    assert [share.minor for share in Money(100, "JPY").split([1, 1, 1])] == [34, 33, 33]


def test_equal_remainders_go_to_the_earlier_share() -> None:
    assert [share.minor for share in Money(5, "USD").split([1, 1])] == [3, 2]
    assert [share.minor for share in Money(1, "USD").split([0, 3, 3])] == [0, 1, 0]


@given(codes, st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.integers(-9, 9))
def test_sums_differences_and_products_are_those_of_the_integers(code, a, b, times) -> None:
    left, right = Money(a, code), Money(b, code)
    assert (left + right).minor == a + b
    assert (left - right).minor == a - b
    assert (-left).minor == -a
    assert (left * times).minor == a * times
    assert (left < right, left <= right, left > right, left >= right) == (
        a < b,
        a <= b,
        a > b,
        a >= b,
    )
    assert bool(left) is (a != 0)
    assert Money.total([left, right], code).minor == a + b


@pytest.mark.parametrize(
    "careless",
    [
        lambda m: m + Money(1, "SAR"),
        lambda m: m - Money(1, "SAR"),
        lambda m: m < Money(1, "SAR"),
        lambda m: m + 1,
        lambda m: m * 1.5,
        lambda m: m * True,
        lambda m: m.split([]),
        lambda m: m.split([0]),
        lambda m: m.split([2, -1]),
        lambda m: (-m).split([1]),
        lambda m: m.prorate_floor(1, 0),
        lambda m: m.prorate_floor(2, 1),
        lambda m: m.prorate_floor(-1, 1),
        lambda m: (-m).prorate_floor(1, 1),
        lambda m: m.at_rate(10_001),
        lambda m: Money.total([m, Money(1, "SAR")], "USD"),
        lambda m: reversed_share(share=m, base=m, refunded=m + m),
    ],
)
def test_careless_arithmetic_is_refused(careless) -> None:
    with pytest.raises(MoneyError):
        careless(Money(100, "USD"))


def test_nothing_of_nothing_is_nothing() -> None:
    zero = Money.zero("USD")
    assert zero.split([1, 2]) == [zero, zero]
    assert zero.at_rate(1000) == zero
    assert Money.total([], "USD") == zero
    assert reversed_share(share=zero, base=zero, refunded=zero) == zero


@pytest.mark.parametrize("code", sorted(CURRENCIES))
def test_every_currency_can_be_charged_and_paid(code) -> None:
    facts = currency_facts(code)
    assert facts.charge_minimum_minor % facts.quantum_minor == 0
    assert (facts.quantum_minor == 10) == (facts.exponent == 3)
    assert 10**facts.exponent % facts.quantum_minor == 0


def test_a_currency_we_do_not_count_in_is_refused_at_once() -> None:
    with pytest.raises(MoneyError):
        Money(1, "XXX")


def test_a_part_of_nothing_is_refused() -> None:
    with pytest.raises(MoneyError):
        Money(1, "USD").prorate_floor(0, 0)


def test_one_share_is_the_whole() -> None:
    assert Money(5, "USD").split([1]) == [Money(5, "USD")]


def test_the_rest_goes_to_whoever_lost_most_not_to_whoever_has_most() -> None:
    assert Money(11, "USD").split([2, 1]) == [Money(7, "USD"), Money(4, "USD")]
