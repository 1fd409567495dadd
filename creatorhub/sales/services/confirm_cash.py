"""What people say of an order that its shop collects: paid, not taken, sent, not received."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.affiliates.services import reverse_commission
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.goods.take_back import take_back_unsold
from creatorhub.outbox.services import enqueue
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.word import keep_open, say_not_paid, say_paid
from creatorhub.payments.services import ask_for_page
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.holds import close_holds
from creatorhub.sales.models import CashOrder, Sale, SaleLine, TransferReceipt
from creatorhub.sales.reversal import reversed_at
from creatorhub.sales.services.complete_attempt import complete_attempt
from creatorhub.sales.services.expire_attempts import expire_attempt
from creatorhub.sales.services.refund_lines import keep_reversed
from creatorhub.sales.services.settle_debts import settle_debts_of

NOTE_LENGTH = 500
State = CashOrder.State
PAYABLE_STATES = (State.TO_COLLECT, State.AWAITING, State.RECEIPT, State.NOT_RECEIVED)
TRANSFER_STATES = (State.AWAITING, State.RECEIPT, State.NOT_RECEIVED)
REFUSAL_REASONS = ("delivery_refused", "not_reached", "shop_cannot_send", "cash_unconfirmed")


def confirm_cash(*, cash: CashOrder, actor: Any = None) -> CashOrder:
    """The shop (or our team) says that the whole amount reached the shop. Safe to repeat.

    CashRefusedError when the order ended meanwhile. Three steps, each its own transaction: the
    word goes into the inbox, the order is completed as after any payment, and what the shop owes
    is settled as far as it can be. A crash between them is finished by the worker.
    """
    attempt = _asked(cash)
    _say_paid(cash, attempt, actor)
    complete_attempt(reference=attempt.reference)
    settle_debts_of(party=cash.shop.owner, currency=cash.currency)
    cash.refresh_from_db()
    return cash


@transaction.atomic(durable=True)
def refuse_delivery(
    *, cash: CashOrder, reason_code: str, note: str = "", actor: Any = None
) -> CashOrder:
    """An order to be paid at the door is not taken: nothing is owed, the stock returns.

    `reason_code` is one of REFUSAL_REASONS. CashRefusedError when it was paid or closed before.
    """
    reason(reason_code)
    attempt = _lock_attempt(cash)
    row = _lock(cash)
    if row.state == State.REFUSED:
        return row
    if row.state != State.TO_COLLECT or attempt.state in _SETTLED:
        raise CashRefusedError(_("This order was paid or closed already."))
    if attempt.provider_id and not say_not_paid(provider_id=attempt.provider_id):
        raise CashRefusedError(_("This order was paid already."))
    sale = Sale.objects.select_for_update().get(order=row.checkout.order_id)
    _undo_sale(sale, reason_code, source=f"cash:{row.pk}")
    attempt.state = PaymentAttempt.State.EXPIRED
    attempt.save(update_fields=["state"])
    row.state, row.reason_code, row.note = State.REFUSED, reason_code, note[:NOTE_LENGTH]
    row.closed_at, row.decided_by = now(), actor
    row.save()
    row.checkout.order.set_status("refused")
    record(action="cash.refused", subject=f"sale:{sale.pk}", actor=actor, reason_code=reason_code)
    key = f"cash_refused:{row.pk}"
    enqueue(topic="mail.cash_refused", key=key, payload={"cash": row.pk})
    return row


@transaction.atomic(durable=True)
def send_receipt(
    *, cash: CashOrder, picture: ContentFile[bytes] | None, note: str = ""
) -> TransferReceipt:
    """The buyer shows that they transferred. The order waits for the shop's word from now on.

    CashRefusedError when the order has ended. A second receipt, after the shop had said that
    nothing came, goes to our team at once.
    """
    attempt = _lock_attempt(cash)
    row = _lock(cash)
    if row.state not in TRANSFER_STATES or attempt.state in _SETTLED:
        raise CashRefusedError(_("This order has ended, so there is nothing to pay any more."))
    receipt = TransferReceipt(cash_order=row, note=note[:NOTE_LENGTH], sent_at=now())
    if picture is not None:
        receipt.picture.save(picture.name or "receipt.webp", picture, save=False)
    receipt.save()
    was_denied = row.state == State.NOT_RECEIVED
    row.state = State.RECEIPT
    row.answer_by = now() + dt.timedelta(days=policy().transfer_confirm_days)
    row.reminded_at = None
    row.escalated_at = now() if was_denied else None
    row.save()
    _wait_for_people(attempt)
    enqueue(topic="mail.receipt_sent", key=f"receipt_sent:{receipt.pk}", payload={"cash": row.pk})
    if was_denied:
        enqueue(
            topic="mail.cash_escalated", key=f"cash_again:{receipt.pk}", payload={"cash": row.pk}
        )
    return receipt


@transaction.atomic(durable=True)
def deny_transfer(*, cash: CashOrder, note: str = "", actor: Any = None) -> CashOrder:
    """The shop says that nothing came. The buyer is told and may answer within the policy's days.

    CashRefusedError when there is no receipt to answer.
    """
    attempt = _lock_attempt(cash)
    row = _lock(cash)
    if row.state != State.RECEIPT or attempt.state in _SETTLED:
        raise CashRefusedError(_("There is no receipt that waits for your answer."))
    until = now() + dt.timedelta(days=policy().transfer_pay_days)
    row.state, row.note, row.answer_by = State.NOT_RECEIVED, note[:NOTE_LENGTH], until
    row.reminded_at = row.escalated_at = None
    row.decided_by = actor
    row.save()
    keep_open(provider_id=attempt.provider_id, until_decided=False)
    attempt.expires_at = until
    attempt.save(update_fields=["expires_at"])
    record(action="cash.denied", subject=f"order:{attempt.reference}", actor=actor, note=row.note)
    key = f"transfer_denied:{row.pk}:{row.answer_by.isoformat()}"
    enqueue(topic="mail.transfer_denied", key=key, payload={"cash": row.pk})
    return row


def close_unpaid(*, cash: CashOrder, note: str = "", actor: Any = None) -> CashOrder:
    """Our team ends it unpaid: a parcel nobody confirmed, or a transfer that never came."""
    if cash.way == CashOrder.Way.CASH:
        return refuse_delivery(cash=cash, reason_code="cash_unconfirmed", note=note, actor=actor)
    attempt = _asked(cash)
    record(
        action="cash.closed_unpaid", subject=f"order:{attempt.reference}", actor=actor, note=note
    )
    keep_open(provider_id=attempt.provider_id, until_decided=False)
    expire_attempt(reference=attempt.reference)
    cash.refresh_from_db()
    return cash


_SETTLED = (PaymentAttempt.State.PAID, PaymentAttempt.State.COMPLETED)


def _asked(cash: CashOrder) -> PaymentAttempt:
    """The attempt with its far side's row, which a crash may have left to be made."""
    attempt = PaymentAttempt.objects.get(reference=cash.checkout.attempt_reference)
    return ask_for_page(attempt=attempt)


@transaction.atomic(durable=True)
def _say_paid(cash: CashOrder, attempt: PaymentAttempt, actor: Any) -> None:
    _lock_attempt(cash)
    row = _lock(cash)
    if row.state == State.COLLECTED:
        return
    if row.state not in PAYABLE_STATES or not say_paid(provider_id=attempt.provider_id):
        raise CashRefusedError(_("This order has ended. Place a new one together with the buyer."))
    row.decided_by = actor
    row.save(update_fields=["decided_by"])
    record(
        action="cash.confirmed",
        subject=f"order:{attempt.reference}",
        actor=actor,
        amount_minor=row.amount_minor,
    )


def _lock_attempt(cash: CashOrder) -> PaymentAttempt:
    """Always before the order's own row: completing and expiring lock it first, too."""
    attempts = PaymentAttempt.objects.select_for_update()
    return attempts.get(reference=cash.checkout.attempt_reference)


def _lock(cash: CashOrder) -> CashOrder:
    rows = CashOrder.objects.select_for_update(of=("self",)).select_related(
        "checkout__order", "shop__owner"
    )
    return rows.get(pk=cash.pk)


def _wait_for_people(attempt: PaymentAttempt) -> None:
    """A receipt waits for a person's word: no clock closes the order before it."""
    keep_open(provider_id=attempt.provider_id, until_decided=True)
    attempt.expires_at = now() + dt.timedelta(days=3650)
    attempt.save(update_fields=["expires_at"])


def _undo_sale(sale: Sale, reason_code: str, source: str) -> None:
    """As if nothing had been sold: no share is left of any line, what was sent is in stock again.

    The book knows nothing of it: what is collected at the door enters it when it is paid.
    """
    lines = SaleLine.objects.filter(sale=sale).select_related("sale", "order_line").order_by("pk")
    for line in lines:
        keep_reversed(line, reversed_at(line, line.base))
        close_holds(line=line, outcome="not_taken")
        if line.commission_minor:
            reverse_commission(
                order_line=line.item,
                refund_source=source,
                target_reversed=Money(line.commission_minor, sale.currency),
                reason_code=reason_code,
            )
    take_back_unsold(fulfilments=Fulfilment.objects.filter(order_line__sale_line__sale=sale))
