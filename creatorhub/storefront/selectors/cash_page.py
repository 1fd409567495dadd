"""An order its shop collects, as its buyer reads it: what to have ready, where to transfer."""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.sales.models import CashOrder, Checkout, HandRefund


@dataclass(frozen=True)
class HandedBack:
    """Money the shop gives back itself."""

    row: HandRefund
    amount: Money

    @property
    def can_be_contested(self) -> bool:
        return (
            self.row.given_at is not None
            and self.row.contested_at is None
            and self.row.decided_at is None
        )


@dataclass(frozen=True)
class CashPage:
    """`order` says how and whether it was paid; `refunds` are in the shop's hands."""

    order: CashOrder
    refunds: list[HandedBack]

    @property
    def is_cash(self) -> bool:
        return self.order.way == CashOrder.Way.CASH

    @property
    def is_to_collect(self) -> bool:
        return self.order.state == CashOrder.State.TO_COLLECT

    @property
    def is_refused(self) -> bool:
        return self.order.state == CashOrder.State.REFUSED

    @property
    def reason(self) -> Reason | None:
        """Why it was not taken."""
        return reason(self.order.reason_code) if self.order.reason_code else None

    @property
    def awaits_buyer(self) -> bool:
        return self.order.state in (CashOrder.State.AWAITING, CashOrder.State.NOT_RECEIVED)

    @property
    def was_denied(self) -> bool:
        return self.order.state == CashOrder.State.NOT_RECEIVED


def find_cash_order(checkout: Checkout) -> CashOrder | None:
    """The order as its shop collects it; None when a processor does."""
    return CashOrder.objects.filter(checkout=checkout).select_related("shop", "checkout").first()


def cash_page(checkout: Checkout) -> CashPage | None:
    """None when a processor took the money."""
    order = find_cash_order(checkout)
    if order is None:
        return None
    rows = HandRefund.objects.filter(refund__sale__order=checkout.order_id).select_related(
        "refund__sale"
    )
    refunds = [
        HandedBack(row, Money(row.refund.amount_minor, order.currency))
        for row in rows.order_by("pk")
    ]
    return CashPage(order, refunds)


def find_hand_refund(checkout: Checkout, refund_id: int) -> HandRefund | None:
    """A refund of this order that its shop gives back itself."""
    return (
        HandRefund.objects.filter(refund__sale__order=checkout.order_id, refund=refund_id)
        .select_related("refund__sale__shop")
        .first()
    )
