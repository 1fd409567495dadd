"""What a refund takes from whom, said before it happens; weighed just as the refund weighs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creatorhub.money import Money
from creatorhub.sales.models import SaleLine
from creatorhub.sales.parts import Part, Portion, portions_of, with_orphaned_shipping
from creatorhub.sales.reversal import Reversed, reversed_at, reversed_so_far
from creatorhub.studio.orders.selectors import LineView, SaleView


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line's part of it."""

    view: LineView
    portion: Portion

    @property
    def is_shipping(self) -> bool:
        return self.view.line.kind == SaleLine.Kind.SHIPPING

    @property
    def is_whole(self) -> bool:
        return self.portion.amount == self.view.refundable


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """The buyer gets `to_buyer`; the three shares that it is taken from add up to it."""

    lines: Sequence[PreviewLine]
    to_buyer: Money
    from_you: Money
    from_market: Money
    from_affiliates: Money
    affiliates: list[str]


def preview(view: SaleView, parts: Sequence[Part]) -> RefundPreview:
    """These parts, and the shipping that goes back with them. RefundRefusedError as the refund."""
    lines = {line.line.pk: line.line for line in view.lines}
    portions = portions_of(lines, with_orphaned_shipping(lines, parts))
    views = {line.line.pk: line for line in view.lines}
    moved = [_moved(portion) for portion in portions]
    currency = view.sale.currency
    chosen = [PreviewLine(views[portion.line.pk], portion) for portion in portions]
    return RefundPreview(
        lines=chosen,
        to_buyer=Money.total((one.refunded for one in moved), currency),
        from_you=Money.total((one.net for one in moved), currency),
        from_market=Money.total((one.fee for one in moved), currency),
        from_affiliates=Money.total((one.commission for one in moved), currency),
        affiliates=sorted({line.view.affiliate for line in chosen if line.view.affiliate}),
    )


def _moved(portion: Portion) -> Reversed:
    before = reversed_so_far(portion.line)
    return reversed_at(portion.line, before.refunded + portion.amount).since(before)
