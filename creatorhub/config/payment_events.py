"""Which use case answers which payment event, whatever the provider."""

from __future__ import annotations

from creatorhub.payments.event_registry import EventHandler
from creatorhub.payouts.events import answer_recipient
from creatorhub.sales.events import answer_paid, answer_refund

ANSWERS: dict[str, EventHandler] = {
    "checkout.paid": answer_paid,
    "refund.succeeded": answer_refund,
    "refund.failed": answer_refund,
    "recipient.updated": answer_recipient,
    "recipient.payout_failed": answer_recipient,
}
