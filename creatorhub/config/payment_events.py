"""Which use case answers which payment event, whatever the provider."""

from __future__ import annotations

from creatorhub.payments.event_registry import EventHandler, register
from creatorhub.sales.events import answer_paid, answer_refund

ANSWERS: dict[str, EventHandler] = {
    "checkout.paid": answer_paid,
    "refund.succeeded": answer_refund,
    "refund.failed": answer_refund,
}


def fill() -> None:
    """Make the answers known to the event inbox."""
    for event_type, handler in ANSWERS.items():
        register(event_type, handler)
