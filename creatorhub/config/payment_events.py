"""Which use case answers which payment event, whatever the provider."""

from __future__ import annotations

from creatorhub.payments.event_registry import EventHandler
from creatorhub.payouts.events import answer_recipient
from creatorhub.sales.events import answer_dispute, answer_paid, answer_refund

ANSWERS: dict[str, EventHandler] = {
    "checkout.paid": answer_paid,
    "refund.succeeded": answer_refund,
    "refund.failed": answer_refund,
    "dispute.opened": answer_dispute,
    "dispute.updated": answer_dispute,
    "dispute.closed": answer_dispute,
    "recipient.updated": answer_recipient,
    "recipient.payout_failed": answer_recipient,
}
