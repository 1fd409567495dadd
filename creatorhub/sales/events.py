"""Which of our use cases answers which payment event (`config.payment_events` wires them)."""

from __future__ import annotations

from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.services import settle_payment_refund
from creatorhub.sales.services import complete_attempt, fail_refund, settle_refund
from creatorhub.sales.services.settle_dispute import settle_dispute


def answer_paid(event: WebhookEvent) -> None:
    """A page was paid, says an event; the gateway itself is asked."""
    complete_attempt(reference=event.payload["reference"])


def answer_refund(event: WebhookEvent) -> None:
    """A refund succeeded or failed: the payment's row first, then what it means to everybody.

    The row decides, so a late "succeeded" after "failed" changes nothing.
    """
    refund = settle_payment_refund(event=event)
    if refund.state == refund.State.FAILED:
        fail_refund(reference=refund.reference)
    else:
        settle_refund(reference=refund.reference)


def answer_dispute(event: WebhookEvent) -> None:
    """Something happened to a dispute: the gateway says where it stands."""
    settle_dispute(
        provider=event.provider,
        provider_id=event.payload["dispute"],
        reference=event.payload.get("reference", ""),
    )
