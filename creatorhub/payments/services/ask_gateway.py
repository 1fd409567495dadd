"""The gateway's own word on an attempt."""

from __future__ import annotations

from creatorhub.payments.gateway import CheckoutStatus
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway


def status_of(*, attempt: PaymentAttempt) -> CheckoutStatus:
    """What the gateway says now. An attempt nobody asked a page for is open."""
    if not attempt.provider_id:
        return CheckoutStatus("open")
    return gateway(attempt.gateway).retrieve_checkout(attempt.provider_id)


def expire_page(*, attempt: PaymentAttempt) -> CheckoutStatus:
    """Close the page at the gateway; "paid" when the buyer was faster.

    An attempt without a page cannot be paid: its address was never handed out.
    """
    if not attempt.provider_id:
        return CheckoutStatus("expired")
    return gateway(attempt.gateway).expire_checkout(attempt.provider_id)
