"""What a refund takes from whom, said before it happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creatorhub.money import Money
from creatorhub.offers.models import Fulfilment
from creatorhub.sales.models import SaleLine
from creatorhub.studio.orders.selectors import LineView, SaleView


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """The buyer gets `to_buyer`; the three shares that it is taken from add up to it."""

    lines: Sequence[LineView]
    to_buyer: Money
    from_you: Money
    from_market: Money
    from_affiliates: Money
    affiliates: list[str]


def preview(view: SaleView, line_ids: Sequence[int]) -> RefundPreview:
    """The full remaining amount of each chosen line, and the shipping that goes back with them."""
    lines = [line for line in view.lines if line.line.pk in line_ids and line.refundable]
    if _takes_shipping_along(view, line_ids):
        lines += [line for line in view.lines if _is_shipping(line) and line not in lines]
    currency = view.sale.currency
    return RefundPreview(
        lines=lines,
        to_buyer=Money.total((line.refundable for line in lines), currency),
        from_you=Money.total((line.yours for line in lines), currency),
        from_market=Money.total((line.fee for line in lines), currency),
        from_affiliates=Money.total((line.commission for line in lines), currency),
        affiliates=sorted({line.affiliate for line in lines if line.affiliate}),
    )


def _is_shipping(line: LineView) -> bool:
    return line.line.kind == SaleLine.Kind.SHIPPING and bool(line.refundable)


def _takes_shipping_along(view: SaleView, line_ids: Sequence[int]) -> bool:
    """Sales gives shipping back once nothing it paid for is sent or still to be sent."""
    staying = [line for line in view.items if line.line.pk not in line_ids and line.is_to_send]
    sent = [
        line
        for line in view.items
        if line.fulfilment is not None and line.fulfilment.state == Fulfilment.State.SENT
    ]
    return not staying and not sent
