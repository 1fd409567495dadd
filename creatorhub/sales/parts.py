"""What goes back of each line of a sale: all of it, some pieces, or an amount.

Pure: the studio shows with it beforehand what a refund will do, and the refund does just that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_money
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import SaleLine


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody wants to go back of one line (a SaleLine id).

    Neither quantity nor amount: all that is left. A quantity alone: what those pieces cost. An
    amount alone: part of the price, and no piece comes back. Both: those pieces for that amount.
    `restock` None leaves it to the parcel: what did not leave is in stock again.
    """

    line_id: int
    quantity: int | None = None
    amount: Money | None = None
    restock: bool | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What really goes back of a line; `restock` pieces of `quantity` can be sold again."""

    line: SaleLine
    amount: Money
    quantity: int
    restock: int


def worth_of(line: SaleLine, quantity: int) -> Money:
    """What the next `quantity` pieces of a line come to; the last one takes all that is left.

    Cumulative, so whichever way pieces are grouped, they come to the same in all.
    """
    if quantity >= line.pieces_left:
        return line.remaining
    before = line.base.prorate_floor(line.refunded_quantity, line.quantity)
    after = line.base.prorate_floor(line.refunded_quantity + quantity, line.quantity)
    return min(after - before, line.remaining)


def portions_of(lines: Mapping[int, SaleLine], parts: Iterable[Part]) -> list[Portion]:
    """The parts of one sale's lines, weighed; RefundRefusedError says what cannot be.

    Parts in which nothing is left are left out.
    """
    found: dict[int, Portion] = {}
    for part in parts:
        line = lines.get(part.line_id)
        if line is None:
            raise RefundRefusedError(_("This item is not part of this order."))
        portion = _portion(line, part)
        if portion is not None:
            found[line.pk] = portion
    return [found[pk] for pk in sorted(found)]


def with_orphaned_shipping(lines: Mapping[int, SaleLine], parts: Sequence[Part]) -> list[Part]:
    """Adds what was paid for sending, once these parts leave nothing that was or will be sent."""
    asked = {part.line_id for part in parts}
    whole = {part.line_id for part in parts if part.line_id in lines and _is_whole(lines, part)}
    shipping = next((pk for pk, line in lines.items() if _is_shipping(line)), None)
    if shipping is None or shipping in asked or not whole:
        return list(parts)
    states = _parcels(lines)
    for pk, line in lines.items():
        state = states.get(line.order_line_id)
        if state == Fulfilment.State.SENT or (
            state == Fulfilment.State.TO_SEND and pk not in whole
        ):
            return list(parts)
    return [*parts, Part(shipping)]


def _is_whole(lines: Mapping[int, SaleLine], part: Part) -> bool:
    if part.amount is not None:
        return False
    return part.quantity is None or part.quantity >= lines[part.line_id].pieces_left


def _portion(line: SaleLine, part: Part) -> Portion | None:
    if part.quantity is None and part.amount is None and not line.remaining:
        return None
    quantity = _quantity(line, part)
    amount = worth_of(line, quantity) if part.amount is None else part.amount
    _check_amount(line, amount)
    if amount == line.remaining:
        quantity = line.pieces_left  # Nothing of it stays paid, so nothing of it stays sold.
    return Portion(line, amount, quantity, quantity if _restocks(line, part) else 0)


def _quantity(line: SaleLine, part: Part) -> int:
    if part.quantity is None:
        return line.pieces_left if part.amount is None else 0
    if part.quantity > line.pieces_left:
        left = {"title": line.title, "left": line.pieces_left}
        raise RefundRefusedError(_("Of “%(title)s” only %(left)s can still be given back.") % left)
    return part.quantity


def _check_amount(line: SaleLine, amount: Money) -> None:
    named = {"title": line.title}
    if not line.remaining:
        raise RefundRefusedError(_("“%(title)s” was given back already.") % named)
    if amount > line.remaining:
        named["left"] = format_money(line.remaining, exact=True)
        raise RefundRefusedError(
            _("Of “%(title)s” only %(left)s is left to give back. Choose that or less.") % named
        )
    if amount.minor <= 0:
        raise RefundRefusedError(_("Say how much of “%(title)s” goes back.") % named)
    if amount.minor % amount.quantum.minor:
        named["step"] = format_money(amount.quantum, exact=True)
        raise RefundRefusedError(_("Amounts go in steps of %(step)s: “%(title)s”.") % named)


def _restocks(line: SaleLine, part: Part) -> bool:
    if part.restock is not None:
        return part.restock
    parcel = getattr(line.order_line, "fulfilment", None)
    return parcel is not None and parcel.state == Fulfilment.State.TO_SEND


def _is_shipping(line: SaleLine) -> bool:
    return line.kind == SaleLine.Kind.SHIPPING


def _parcels(lines: Mapping[int, SaleLine]) -> dict[int | None, str]:
    found = (getattr(line.order_line, "fulfilment", None) for line in lines.values())
    return {parcel.order_line_id: parcel.state for parcel in found if parcel is not None}
