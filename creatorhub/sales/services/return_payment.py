"""A payment that became no sale goes back to its buyer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Checkout, Refund, ReturnedPayment
from creatorhub.sales.refund_requests import ask_for_refund, return_reference
from creatorhub.sales.return_book import (
    post_payment_taken,
    post_return,
    post_return_failed,
)

State = Refund.State


@transaction.atomic
def return_payment(
    *, checkout: Checkout, amount: Money, reason_code: str, actor: Any = None
) -> ReturnedPayment:
    """Give a payment back, in the caller's transaction; once per order and reason.

    `reason_code` says why there is no sale for it: "paid_after_expiry", "amount_differs",
    "currency_differs", or "paid_too_much" for what exceeds the order.
    """
    reason(reason_code)
    row, is_new = ReturnedPayment.objects.get_or_create(
        checkout=checkout,
        reason_code=reason_code,
        defaults={
            "amount_minor": amount.minor,
            "currency": amount.currency,
            "decided_by": actor,
            "created_at": now(),
        },
    )
    if is_new:
        post_payment_taken(row)
        _send(row)
        enqueue(
            topic="mail.payment_returned",
            key=f"payment_returned:{row.pk}",
            payload={"returned": row.pk},
        )
    return row


def settle_return(*, pk: int, attempt: int) -> None:
    """The provider says it arrived; a later failure of the same try is still believed."""
    ReturnedPayment.objects.filter(pk=pk, tries=attempt, state=State.SENDING).update(
        state=State.PAID, paid_at=now()
    )


@transaction.atomic(durable=True)
def fail_return(*, pk: int, attempt: int) -> None:
    """It could not be sent back: the market owes it to the buyer. Safe to repeat."""
    row = ReturnedPayment.objects.select_for_update().get(pk=pk)
    if row.state == State.FAILED or row.tries != attempt:
        return
    row.state, row.paid_at = State.FAILED, None
    row.save(update_fields=["state", "paid_at"])
    post_return_failed(row)
    record(action="payment_return.failed", subject=f"return:{row.pk}", actor=None)
    enqueue(
        topic="mail.return_failed",
        key=f"return_failed:{row.pk}:{row.tries}",
        payload={"returned": row.pk},
    )


@transaction.atomic(durable=True)
def repeat_return(*, returned: ReturnedPayment, actor: Any, proof: str = "") -> ReturnedPayment:
    """Send a failed one again; with a `proof` (a bank's reference) it was paid by bank already.

    RefundRefusedError when a colleague did it in the meantime.
    """
    row = ReturnedPayment.objects.select_for_update().get(pk=returned.pk)
    if row.state != State.FAILED:
        raise RefundRefusedError(already_made_good())
    row.tries += 1
    row.decided_by = actor
    if proof:
        row.way, row.proof = Refund.Way.BANK, proof
        row.state, row.paid_at = State.PAID, now()
    else:
        row.state = State.SENDING
    row.save()
    _send(row)
    record(
        action="payment_return.repeated",
        subject=f"return:{row.pk}",
        actor=actor,
        way=row.way,
        proof=proof,
    )
    enqueue(
        topic="mail.return_repeated",
        key=f"return_repeated:{row.pk}:{row.tries}",
        payload={"returned": row.pk},
    )
    return row


def already_made_good() -> str:
    """What somebody is told who comes second."""
    return _("This was made good in the meantime.")


def _send(row: ReturnedPayment) -> None:
    post_return(row)
    if row.way == Refund.Way.PROCESSOR:
        ask_for_refund(
            attempt_reference=row.checkout.attempt_reference,
            refund_reference=return_reference(row),
            amount=row.amount,
        )
