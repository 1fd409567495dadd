"""Giving money back through the gateway that took it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, RefundTooLargeError
from creatorhub.payments.gateway import GatewayEvent, RefundState
from creatorhub.payments.models import PaymentAttempt, PaymentRefund, WebhookEvent
from creatorhub.payments.registry import gateway
from creatorhub.payments.services.receive_event import store_event


def request_refund(
    *, attempt_reference: str, refund_reference: str, amount: Money
) -> PaymentRefund:
    """Ask the gateway for a refund, outside any transaction; safe to repeat.

    The answer arrives as an event "refund.succeeded" or "refund.failed" through the inbox, also
    when the gateway answers at once. RefundTooLargeError when more would go back than came in.
    """
    refund = _record(attempt_reference, refund_reference, amount)
    if refund.state != PaymentRefund.State.REQUESTED:
        return refund
    attempt = refund.attempt
    result = gateway(attempt.gateway).refund(
        payment_id=attempt.payment_id,
        amount=amount,
        idempotency_key=f"refund:{refund_reference}",
    )
    PaymentRefund.objects.filter(pk=refund.pk).update(provider_id=result.provider_id)
    if result.state != "requested":
        _tell_inbox(refund, result.state)
    refund.refresh_from_db()
    return refund


@transaction.atomic
def settle_payment_refund(*, event: WebhookEvent) -> PaymentRefund:
    """What an event says of a refund, written down once: a settled refund never changes back.

    The one exception is a bank that returns a refund later: succeeded may still become failed.
    """
    refund = PaymentRefund.objects.select_for_update().get(reference=event.payload["refund"])
    failed = event.type == "refund.failed"
    if refund.state == PaymentRefund.State.FAILED:
        return refund
    refund.state = PaymentRefund.State.FAILED if failed else PaymentRefund.State.SUCCEEDED
    refund.settled_at = refund.settled_at or now()
    refund.save(update_fields=["state", "settled_at"])
    return refund


@transaction.atomic(durable=True)
def _record(attempt_reference: str, refund_reference: str, amount: Money) -> PaymentRefund:
    """The row of this refund, made once; the attempt's lock keeps the sum of refunds honest."""
    attempt = PaymentAttempt.objects.select_for_update().get(reference=attempt_reference)
    known = attempt.refunds.filter(reference=refund_reference).first()
    if known:
        if Money(known.amount_minor, attempt.received.currency) != amount:
            raise KeyReusedError(f"refund {refund_reference} was {known.amount_minor}")
        return known
    asked = attempt.refunds.exclude(state=PaymentRefund.State.FAILED).aggregate(
        minor=Sum("amount_minor")
    )["minor"]
    paid = attempt.received
    if Money(asked or 0, paid.currency) + amount > paid:
        raise RefundTooLargeError(f"{refund_reference}: {asked or 0} + {amount.minor} > {paid}")
    return PaymentRefund.objects.create(
        attempt=attempt,
        reference=refund_reference,
        amount_minor=amount.minor,
        requested_at=now(),
    )


def _tell_inbox(refund: PaymentRefund, state: RefundState) -> None:
    """A gateway that answers at once is heard the same way as one that answers later."""
    event = GatewayEvent(
        event_id=f"answer:{refund.reference}:{state}",
        type=f"refund.{state}",
        data={"refund": refund.reference, "reference": refund.attempt.reference},
    )
    store_event(provider=refund.attempt.gateway, event=event)
