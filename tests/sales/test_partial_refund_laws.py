"""However a line is given back, in pieces and amounts and in whatever order, it ends the same."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from creatorhub.money import Money
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Sale, SaleLine
from creatorhub.sales.parts import Part, portions_of, worth_of
from creatorhub.sales.reversal import Reversed, reversed_at, reversed_so_far

CURRENCIES = st.sampled_from(["SAR", "JPY", "KWD"])
# (pieces, steps of the currency): either may be zero, and either may be more than is left.
WISHES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 900)), max_size=12)


@st.composite
def lines(draw: st.DrawFn) -> SaleLine:
    """A line of several pieces, as a sale freezes it."""
    currency = draw(CURRENCIES)
    step = Money(0, currency).quantum.minor
    base = Money(draw(st.integers(1, 2_000)) * step, currency)
    fee_bps = draw(st.integers(0, 5_000))
    fee = base.at_rate(fee_bps)
    commission = min(base.at_rate(draw(st.integers(0, 10_000 - fee_bps))), base - fee)
    return SaleLine(
        pk=1,
        sale=Sale(currency=currency),
        title="Cup",
        quantity=draw(st.integers(1, 9)),
        base_minor=base.minor,
        fee_minor=fee.minor,
        commission_minor=commission.minor,
    )


def give(line: SaleLine, part: Part) -> Reversed | None:
    """What the refund does to the line; None when there was nothing, or it was refused."""
    try:
        found = portions_of({1: line}, [part])
    except RefundRefusedError:
        return None
    if not found:
        return None
    (portion,) = found
    before = reversed_so_far(line)
    after = reversed_at(line, before.refunded + portion.amount)
    line.refunded_minor = after.refunded.minor
    line.fee_reversed_minor = after.fee.minor
    line.commission_reversed_minor = after.commission.minor
    line.refunded_quantity += portion.quantity
    return after.since(before)


def part_of(line: SaleLine, wish: tuple[int, int]) -> Part:
    pieces, steps = wish
    if steps and pieces == 0:
        return Part(1, amount=line.base.quantum * steps)
    if steps:
        return Part(1, quantity=pieces, amount=line.base.quantum * steps)
    return Part(1, quantity=pieces)


def copy_of(line: SaleLine) -> SaleLine:
    names: Any = ("pk", "title", "quantity", "base_minor", "fee_minor", "commission_minor")
    return SaleLine(sale=line.sale, **{name: getattr(line, name) for name in names})


@given(lines(), WISHES)
def test_any_sequence_ends_with_every_share_given_back_exactly(
    line: SaleLine, wishes: list[tuple[int, int]]
) -> None:
    zero = Money.zero(line.sale.currency)
    fee = commission = net = zero
    for part in [*(part_of(line, wish) for wish in wishes), Part(1)]:
        moved = give(line, part)
        if moved is not None:
            assert moved.refunded > zero
            fee, commission = fee + moved.fee, commission + moved.commission
            net += moved.net
        assert zero <= line.net_left
        assert line.refunded_minor <= line.base_minor
        assert line.pieces_left == 0 or not line.is_refunded
    assert line.is_refunded
    assert (fee.minor, commission.minor, net.minor) == (
        line.fee_minor,
        line.commission_minor,
        line.net_minor,
    )


@given(lines(), WISHES, st.randoms(use_true_random=False))
def test_the_same_sum_in_another_order_reverses_the_same(
    line: SaleLine, wishes: list[tuple[int, int]], random: Any
) -> None:
    amounts = [line.base.quantum * steps for _, steps in wishes if steps]
    while sum(amount.minor for amount in amounts) > line.base_minor:
        amounts.pop()
    shuffled = list(amounts)
    random.shuffle(shuffled)
    once, other, whole = line, copy_of(line), copy_of(line)
    for amount in amounts:
        give(once, Part(1, amount=amount))
    for amount in shuffled:
        give(other, Part(1, amount=amount))
    total = Money.total(amounts, line.sale.currency)
    if total:
        give(whole, Part(1, amount=total))
    assert reversed_so_far(once) == reversed_so_far(other) == reversed_so_far(whole)


@given(lines(), st.lists(st.integers(1, 4), max_size=9))
def test_pieces_come_to_the_same_however_they_are_grouped(
    line: SaleLine, groups: list[int]
) -> None:
    one_by_one = copy_of(line)
    for pieces in groups:
        pieces = min(pieces, line.pieces_left)
        give(line, Part(1, quantity=pieces))
        for _ in range(pieces):
            give(one_by_one, Part(1, quantity=1))
        if line.refunded_quantity == one_by_one.refunded_quantity:
            assert reversed_so_far(line) == reversed_so_far(one_by_one)


@given(lines(), st.integers(0, 9))
def test_some_pieces_are_never_worth_more_than_more_pieces(line: SaleLine, some: int) -> None:
    some = min(some, line.quantity)
    assert worth_of(line, some) <= worth_of(line, line.quantity) == line.base
