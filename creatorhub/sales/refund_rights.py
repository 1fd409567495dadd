"""What a buyer may still ask back of a sale, and until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.sales.holds import DISPUTE, window_of
from creatorhub.sales.models import Hold, RefundRequest, RefundRequestLine, Sale, SaleLine
from creatorhub.sales.parts import worth_of

REASONS = (
    "buyer_changed_mind",
    "damaged",
    "not_as_described",
    "wrong_item",
    "not_arrived",
    "not_sent_in_time",
    "does_not_open",
)
# A shop's own mistake: what sending cost goes back whatever its policy says.
SHOPS_MISTAKES = frozenset(REASONS) - {"buyer_changed_mind"}
ANSWERED = (RefundRequest.State.DECLINED, RefundRequest.State.CLOSED)


@dataclass(frozen=True, slots=True)
class Right:
    """One line a buyer may ask back. `until` None: as long as it was not sent.

    `problem` is "" or why not: given_back, too_late, answered, disputed.
    """

    line: SaleLine
    until: dt.datetime | None
    problem: str

    @property
    def pieces(self) -> int:
        return self.line.pieces_left

    @property
    def worth(self) -> Money:
        return self.line.remaining

    @property
    def is_open(self) -> bool:
        return not self.problem

    @property
    def is_shipping(self) -> bool:
        return self.line.kind == SaleLine.Kind.SHIPPING

    def worth_of(self, quantity: int) -> Money:
        """What so many pieces come to."""
        return worth_of(self.line, quantity)


def rights_of(sale: Sale) -> list[Right]:
    """Each line of a sale that cost something, items first."""
    rows = SaleLine.objects.filter(sale=sale, base_minor__gt=0).select_related(
        "sale", "listing", "order_line__fulfilment"
    )
    lines = sorted(rows, key=lambda line: (line.kind == SaleLine.Kind.SHIPPING, line.pk))
    disputed = set(
        Hold.objects.filter(sale_line__sale=sale, reason_code=DISPUTE, closed_at=None).values_list(
            "sale_line", flat=True
        )
    )
    answered = set(
        RefundRequestLine.objects.filter(
            request__sale=sale, request__state__in=ANSWERED, request__withdrawn_at=None
        ).values_list("sale_line", flat=True)
    )
    items = [line for line in lines if line.kind == SaleLine.Kind.ITEM]
    return [_right(line, _until(line, items), disputed, answered) for line in lines]


def may_ask_for_shipping(sale: Sale, reason_code: str) -> bool:
    """What sending cost goes back where the shop says so, or the mistake is its own."""
    return sale.refunds_shipping or reason_code in SHOPS_MISTAKES


def _right(
    line: SaleLine, until: dt.datetime | None, disputed: set[int], answered: set[int]
) -> Right:
    problem = ""
    if not line.remaining:
        problem = "given_back"
    elif line.pk in disputed:
        problem = "disputed"
    elif line.pk in answered and line.kind == SaleLine.Kind.ITEM:
        problem = "answered"
    elif until is not None and until <= now():
        problem = "too_late"
    return Right(line, until, problem)


def _until(line: SaleLine, items: Sequence[SaleLine]) -> dt.datetime | None:
    """A file: from paying. A parcel: from sending; before that, any time. Shipping: the last."""
    if line.kind == SaleLine.Kind.SHIPPING:
        ends = [_until(item, items) for item in items]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None
    parcel: Fulfilment | None = getattr(line.order_line, "fulfilment", None)
    if parcel is None:
        return line.sale.sold_at + window_of(line.sale)
    return parcel.sent_at + window_of(line.sale) if parcel.sent_at is not None else None
