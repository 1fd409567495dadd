"""Laws of giving back: exact, never below zero, whatever the order and the splitting."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from creatorhub.money import Money
from creatorhub.sales.models import Sale, SaleLine
from creatorhub.sales.reversal import Reversed, reversed_at

CURRENCIES = st.sampled_from(["SAR", "JPY", "KWD"])


@st.composite
def lines(draw: st.DrawFn) -> SaleLine:
    """A line as the sale freezes it: rates rounded down to the currency's step."""
    currency = draw(CURRENCIES)
    step = Money(0, currency).quantum.minor
    base = Money(draw(st.integers(1, 5_000)) * step, currency)
    fee_bps = draw(st.integers(0, 5_000))
    fee = base.at_rate(fee_bps)
    commission = min(base.at_rate(draw(st.integers(0, 10_000 - fee_bps))), base - fee)
    return SaleLine(
        sale=Sale(currency=currency),
        base_minor=base.minor,
        fee_minor=fee.minor,
        commission_minor=commission.minor,
    )


def steps_of(line: SaleLine) -> int:
    return line.base_minor // line.base.quantum.minor


def at(line: SaleLine, step: int) -> Reversed:
    return reversed_at(line, line.base.quantum * step)


@given(lines(), st.data())
def test_parts_make_the_whole_and_nobody_is_left_owing(line: SaleLine, data: st.DataObject) -> None:
    part = at(line, data.draw(st.integers(0, steps_of(line))))
    zero = Money.zero(line.sale.currency)
    assert part.fee + part.commission + part.net == part.refunded
    assert zero <= part.fee <= Money(line.fee_minor, line.sale.currency)
    assert zero <= part.commission <= Money(line.commission_minor, line.sale.currency)
    assert part.net <= Money(line.net_minor, line.sale.currency)


@given(lines(), st.data())
def test_the_market_gives_up_its_part_and_at_most_two_steps_more(
    line: SaleLine, data: st.DataObject
) -> None:
    part = at(line, data.draw(st.integers(0, steps_of(line))))
    fee = Money(line.fee_minor, line.sale.currency)
    exact = fee.prorate_floor(part.refunded.minor, line.base_minor)
    assert exact <= part.fee <= exact + line.base.quantum * 2


@given(lines())
def test_a_whole_refund_reverses_every_share_whole(line: SaleLine) -> None:
    whole = at(line, steps_of(line))
    assert whole.fee.minor == line.fee_minor
    assert whole.commission.minor == line.commission_minor
    assert whole.net.minor == line.net_minor


@given(lines(), st.data())
def test_splitting_and_order_do_not_matter(line: SaleLine, data: st.DataObject) -> None:
    last = steps_of(line)
    cuts = sorted(data.draw(st.lists(st.integers(0, last), max_size=6)))
    so_far = at(line, 0)
    moved = Money.zero(line.sale.currency)
    for cut in [*cuts, last]:
        after = at(line, cut)
        moved += after.since(so_far).commission
        so_far = after
    assert so_far == at(line, last)
    assert moved.minor == line.commission_minor


@given(lines())
def test_a_commission_is_never_given_twice(line: SaleLine) -> None:
    taken = [at(line, step).commission for step in range(min(steps_of(line), 60))]
    assert taken == sorted(taken, key=lambda money: money.minor)


def test_a_hundred_refunds_of_one_reverse_a_third_exactly() -> None:
    line = SaleLine(sale=Sale(currency="SAR"), base_minor=100, fee_minor=0, commission_minor=33)
    assert [at(line, step).commission.minor for step in (1, 3, 4, 99, 100)] == [0, 0, 1, 32, 33]
