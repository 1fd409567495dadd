"""The clocks of orders that their shop collects: a reminder first, then our team looks."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.outbox.services import enqueue
from creatorhub.sales.models import CashOrder, HandRefund, Refund
from creatorhub.sales.services.confirm_cash import refuse_delivery
from creatorhub.sales.sweeps import sweep

State = CashOrder.State
# Here the shop has to act; what waits for a buyer's transfer ends by the attempt's own clock.
SHOPS_TURN = (State.TO_COLLECT, State.RECEIPT)


def watch_cash(*, limit: int = 200) -> int:
    """Remind shops whose answer is due, then call our team; returns how many were dealt with."""
    due = CashOrder.objects.filter(
        state__in=SHOPS_TURN, answer_by__lte=now(), escalated_at=None
    ).order_by("answer_by")
    ids = list(due.values_list("pk", flat=True)[:limit])
    refunds = HandRefund.objects.filter(
        given_at=None,
        reminded_at=None,
        answer_by__lte=now(),
        refund__state=Refund.State.SENDING,
    )
    late = list(refunds.order_by("answer_by").values_list("pk", flat=True)[:limit])
    closed = sweep("close unsent cash order", _never_sent(limit), _close)
    return closed + sweep("watch cash order", ids, _watch) + sweep("remind", late, _remind)


def _never_sent(limit: int) -> list[int]:
    """To be paid at the door, and its shop was reminded to send it as long ago as any other."""
    reminded_before = now() - dt.timedelta(days=policy().unsent_grace_days)
    rows = CashOrder.objects.filter(
        state=State.TO_COLLECT,
        checkout__order__lines__fulfilment__state=Fulfilment.State.TO_SEND,
        checkout__order__lines__fulfilment__nudged_at__lte=reminded_before,
    )
    return list(rows.order_by("pk").distinct().values_list("pk", flat=True)[:limit])


def _close(pk: int) -> bool:
    """Nothing was paid, so there is nothing to give back: the order is closed."""
    cash = CashOrder.objects.select_related("checkout__order").get(pk=pk)
    return refuse_delivery(cash=cash, reason_code="not_sent_in_time").state == State.REFUSED


@transaction.atomic(durable=True)
def _watch(pk: int) -> bool:
    cash = CashOrder.objects.select_for_update().get(pk=pk)
    if cash.state not in SHOPS_TURN or cash.answer_by > now() or cash.escalated_at:
        return False
    if cash.state == State.TO_COLLECT and not _has_left(cash):
        # A late parcel has reminders of its own; its money is not late before it has left.
        cash.answer_by = now() + dt.timedelta(days=1)
        cash.save(update_fields=["answer_by"])
        return False
    if cash.reminded_at is None:
        return _ask_again(cash)
    cash.escalated_at = now()
    cash.save(update_fields=["escalated_at"])
    record(action="cash.escalated", subject=f"order:{cash.checkout.order.number}")
    enqueue(
        topic="mail.cash_escalated",
        key=f"cash_escalated:{cash.pk}:{cash.answer_by.isoformat()}",
        payload={"cash": cash.pk},
    )
    return True


def _ask_again(cash: CashOrder) -> bool:
    rules = policy()
    days = (
        rules.cash_confirm_days if cash.way == CashOrder.Way.CASH else rules.transfer_confirm_days
    )
    key = f"cash_reminder:{cash.pk}:{cash.answer_by.isoformat()}"
    enqueue(topic="mail.cash_reminder", key=key, payload={"cash": cash.pk})
    cash.reminded_at, cash.answer_by = now(), now() + dt.timedelta(days=days)
    cash.save(update_fields=["reminded_at", "answer_by"])
    return True


def _has_left(cash: CashOrder) -> bool:
    waiting = Fulfilment.objects.filter(
        order_line__order=cash.checkout.order_id, state=Fulfilment.State.TO_SEND
    )
    return not waiting.exists()


@transaction.atomic(durable=True)
def _remind(pk: int) -> bool:
    row = HandRefund.objects.select_for_update().get(pk=pk)
    if row.given_at or row.reminded_at:
        return False
    row.reminded_at = now()
    row.save(update_fields=["reminded_at"])
    enqueue(
        topic="mail.hand_refund_due", key=f"hand_refund_due:{pk}", payload={"refund": row.refund_id}
    )
    return True
