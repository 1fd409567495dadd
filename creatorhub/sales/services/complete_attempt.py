"""The gateway says it is paid. Event, return page and completer all end here."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.offers.goods.stock import hold_again
from creatorhub.payments.gateway import CheckoutStatus
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.offline.gateway import OFFLINE
from creatorhub.payments.services import quarantine, status_of
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.bear_fee import bear_fee
from creatorhub.sales.services.collect_cash import record_paid
from creatorhub.sales.services.return_payment import return_payment
from creatorhub.sales.sweeps import sweep

State = PaymentAttempt.State

# A lost event is noticed by asking; younger attempts still have their event on its way.
ASK_AFTER = dt.timedelta(minutes=1)


def complete_attempt(*, reference: str) -> bool:
    """Ask the gateway, write down that it is paid, then record the sale. True once recorded.

    Two transactions: what the gateway told us is kept even if recording the sale fails, and the
    completer tries again. Safe to repeat and to race: the attempt's row is locked.
    """
    attempt = PaymentAttempt.objects.get(reference=reference)
    if attempt.state in (State.CREATED, State.AWAITING, State.EXPIRED):
        status = status_of(attempt=attempt)
        if status.state != "paid":
            return False
        _keep_payment(reference, status)
    return _finish(reference)


def complete_due(*, limit: int = 200) -> int:
    """Finish what a crash left paid but unrecorded, and ask about pages whose event was lost."""
    left = PaymentAttempt.objects.filter(state=State.PAID)
    # Offline money has no far side to ask: what people say is an event of our own, never lost.
    silent = PaymentAttempt.objects.filter(
        state=State.AWAITING, created_at__lt=now() - ASK_AFTER, expires_at__gt=now()
    ).exclude(gateway__in=OFFLINE)
    references = [
        *left.order_by("paid_at").values_list("reference", flat=True)[:limit],
        *silent.order_by("expires_at").values_list("reference", flat=True)[:limit],
    ]
    return sweep("complete", references, lambda reference: complete_attempt(reference=reference))


@transaction.atomic(durable=True)
def _keep_payment(reference: str, status: CheckoutStatus) -> None:
    """Paid, if it is what was asked for; else quarantine: nothing delivered, nothing lost."""
    attempt = PaymentAttempt.objects.select_for_update().get(reference=reference)
    if attempt.state not in (State.CREATED, State.AWAITING, State.EXPIRED):
        return
    attempt.payment_id = status.payment_id
    attempt.fee_minor = status.fee.minor if status.fee else None
    attempt.paid_at = now()
    attempt.save(update_fields=["payment_id", "fee_minor", "paid_at"])
    problem = _problem(attempt, status)
    if problem:
        told = status.amount
        payload = {
            "asked_minor": attempt.amount_minor,
            "asked_currency": attempt.currency,
            "paid_minor": told.minor if told else None,
            "paid_currency": told.currency if told else None,
        }
        quarantine(attempt=attempt, reason_code=problem, payload=payload)
        return
    attempt.state = State.PAID
    attempt.save(update_fields=["state"])


def _problem(attempt: PaymentAttempt, status: CheckoutStatus) -> str:
    """The reason code of a payment that is not what the frozen attempt asked for."""
    if status.amount is None or status.amount.currency != attempt.currency:
        return "currency_differs"
    if status.amount != Money(attempt.amount_minor, attempt.currency):
        return "amount_differs"
    return ""


@transaction.atomic(durable=True)
def _finish(reference: str) -> bool:
    """Record the sale of a paid attempt once; a closed order only if its stock is still there."""
    attempt = PaymentAttempt.objects.select_for_update().get(reference=reference)
    if attempt.state != State.PAID:
        return attempt.state == State.COMPLETED
    checkout = Checkout.objects.select_related("order").get(attempt_reference=reference)
    paid_at = attempt.paid_at or now()
    if checkout.order.status != "expired" or _stock_is_back(checkout):
        record_paid(attempt=attempt, checkout=checkout, paid_at=paid_at)
    else:
        # Nothing is left to deliver: the buyer gets everything back and is told.
        return_payment(checkout=checkout, amount=attempt.amount, reason_code="paid_after_expiry")
        checkout.order.set_status("refunded")
    bear_fee(attempt=attempt, checkout=checkout)
    attempt.state = State.COMPLETED
    attempt.completed_at = now()
    attempt.save(update_fields=["state", "completed_at"])
    return True


def _stock_is_back(checkout: Checkout) -> bool:
    """Hold the closed order's stock again: all of it, or nothing."""
    point = transaction.savepoint()
    if hold_again(order_lines=checkout.order.lines.all()):
        transaction.savepoint_rollback(point)
        return False
    transaction.savepoint_commit(point)
    return True
