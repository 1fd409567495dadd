"""The buyer's money is in the shop's hands: the sale counts, and the shop owes its part."""

from __future__ import annotations

import datetime as dt

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.gateway import OFFLINE
from creatorhub.sales.cash_book import post_cash_collected
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import CASH_EXPECTED, close_holds, hold_for_settling
from creatorhub.sales.models import CashOrder, Checkout, Sale
from creatorhub.sales.services.record_sale import record_sale, shares_of, tell_of_sale


def record_paid(*, attempt: PaymentAttempt, checkout: Checkout, paid_at: dt.datetime) -> None:
    """What a paid attempt means: a sale through the processor, or one its shop collected."""
    if attempt.gateway in OFFLINE:
        collect_cash(checkout=checkout, paid_at=paid_at)
    else:
        record_sale(checkout=checkout, paid_at=paid_at)


def collect_cash(*, checkout: Checkout, paid_at: dt.datetime) -> Sale:
    """In the transaction that completes the payment. Repeating changes nothing.

    What was sold at the door exists already; a transfer's sale begins here. From now on the shop
    owes the fee and the commission, and the commission waits until that is settled.
    """
    cash = CashOrder.objects.select_for_update().get(checkout=checkout)
    (sale,) = record_sale(checkout=checkout, paid_at=paid_at, collected_by=Sale.Collector.SHOP)
    if cash.state == CashOrder.State.COLLECTED:
        return sale
    Sale.objects.select_for_update().get(pk=sale.pk)
    shares = shares_of(sale)
    post_cash_collected(sale=sale, shares=shares)
    for shared in shares:
        close_holds(line=shared.line, outcome="paid", reason_code=CASH_EXPECTED)
        if shared.line.commission_left:
            hold_for_settling(line=shared.line)
    cash.state, cash.collected_at, cash.closed_at = CashOrder.State.COLLECTED, paid_at, now()
    if not owed_for(shares):
        cash.settled_at = paid_at
    cash.save(update_fields=["state", "collected_at", "closed_at", "settled_at"])
    checkout.order.set_status("paid")
    _tell(cash, sale, shares)
    return sale


def owe_again(sale: Sale) -> None:
    """A refund of a collected sale did not happen: the shop owes its part of it anew."""
    CashOrder.objects.filter(checkout__order=sale.order_id).update(settled_at=None)
    for line in sale.lines.filter(released_at=None).select_related("sale"):
        if line.commission_left:
            hold_for_settling(line=line)


def owed_for(shares: list[Shared]) -> int:
    """What a shop owes for these lines as they stand now, in minor units."""
    return sum(
        shared.line.fee_minor - shared.line.fee_reversed_minor + shared.line.commission_left.minor
        for shared in shares
    )


def _tell(cash: CashOrder, sale: Sale, shares: list[Shared]) -> None:
    """At the door everybody was told when it was ordered; only the affiliates hear of it now."""
    if cash.way == CashOrder.Way.TRANSFER:
        tell_of_sale(cash.checkout, [sale], shares)
        return
    enqueue(
        topic="mail.receipt",
        key=f"receipt:{sale.order.number}",
        payload={"checkout": cash.checkout_id},
    )
    for shared in shares:
        if shared.commission is not None and shared.commission.amount_minor:
            pk = shared.commission.pk
            enqueue(topic="mail.commission", key=f"commission:{pk}", payload={"commission": pk})
