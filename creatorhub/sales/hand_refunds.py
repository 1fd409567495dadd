"""Refunds of orders their shop collected: the shop hands the money back itself."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import CashOrder, HandRefund, Refund, Sale


def must_be_paid(sale: Sale) -> None:
    """RefundRefusedError while nothing was paid yet: such an order is closed, not refunded."""
    if not sale.is_collected_by_shop:
        return
    if not CashOrder.objects.filter(
        checkout__order=sale.order_id, state=CashOrder.State.COLLECTED
    ).exists():
        raise RefundRefusedError(_("Nothing was paid for this order yet."))


def ask_shop_to_give_back(*, refund: Refund) -> HandRefund | None:
    """In the transaction of the refund: the shop has to hand it over within the policy's days.

    None when the processor collected the money and gives it back itself.
    """
    if not refund.sale.is_collected_by_shop:
        return None
    until = now() + dt.timedelta(days=policy().transfer_confirm_days)
    return HandRefund.objects.create(refund=refund, answer_by=until)
