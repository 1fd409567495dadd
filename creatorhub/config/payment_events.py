"""Which use case answers which payment event, whatever the provider."""

from __future__ import annotations

from creatorhub.payments.event_registry import EventHandler
from creatorhub.sales.events import answer_paid, answer_refund

ANSWERS: dict[str, EventHandler] = {
    "checkout.paid": answer_paid,
    "refund.succeeded": answer_refund,
    "refund.failed": answer_refund,
}
