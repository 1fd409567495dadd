"""Laws of what shops collect: shares and debts in steps of 0.010, exact however they shrink."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creatorhub.money import Money
from creatorhub.sales.reversal import Reversed, reversed_at

STEP = 10
THREE_DECIMALS = ("KWD", "BHD", "JOD", "OMR", "TND")


def a_line(base: int, fee_bps: int, rate_bps: int, currency: str) -> SimpleNamespace:
    """As `record_sale` splits it: fee first, commission from what it leaves, the rest is net."""
    whole = Money(base, currency)
    fee = whole.at_rate(fee_bps)
    commission = min(whole.at_rate(rate_bps), whole - fee)
    net = base - fee.minor - commission.minor
    return SimpleNamespace(
        base_minor=base,
        fee_minor=fee.minor,
        commission_minor=commission.minor,
        net_minor=net,
        sale=SimpleNamespace(currency=currency),
    )


lines = st.builds(
    a_line,
    base=st.integers(1, 500_000).map(lambda steps: steps * STEP),
    fee_bps=st.integers(0, 5_000),
    rate_bps=st.integers(0, 5_000),
    currency=st.sampled_from(THREE_DECIMALS),
)


@given(line=lines)
def test_every_share_of_a_three_decimal_sale_is_in_steps_and_adds_up(line: SimpleNamespace) -> None:
    shares = (line.fee_minor, line.commission_minor, line.net_minor)
    assert sum(shares) == line.base_minor
    assert all(share >= 0 and share % STEP == 0 for share in shares)


@given(line=lines, cuts=st.lists(st.integers(0, 500_000), max_size=6))
def test_a_debt_that_shrinks_in_parts_ends_where_it_ends_at_once(
    line: SimpleNamespace, cuts: list[int]
) -> None:
    """After every part the debt is in steps, never negative, and what was given back is shared."""
    marks = sorted({min(cut * STEP, line.base_minor) for cut in cuts} | {line.base_minor})
    owed = line.fee_minor + line.commission_minor
    before = Reversed(*(Money.zero(line.sale.currency) for _ in range(3)))
    for mark in marks:
        after = reversed_at(line, Money(mark, line.sale.currency))  # type: ignore[arg-type]
        moved = after.since(before)
        assert moved.fee + moved.commission + moved.net == moved.refunded
        owed -= moved.fee.minor + moved.commission.minor
        assert owed >= 0
        assert owed % STEP == 0
        before = after
    assert owed == 0


@pytest.mark.parametrize("currency", THREE_DECIMALS)
def test_the_smallest_sale_of_all_still_adds_up(currency: str) -> None:
    line = a_line(STEP, 1_000, 1_000, currency)
    assert (line.fee_minor, line.commission_minor, line.net_minor) == (0, 0, STEP)
