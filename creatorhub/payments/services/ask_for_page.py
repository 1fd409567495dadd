"""Asking the gateway for the page where the buyer pays."""

from __future__ import annotations

from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway
from creatorhub.payments.services.open_attempt import request_of

State = PaymentAttempt.State


def ask_for_page(*, attempt: PaymentAttempt) -> PaymentAttempt:
    """Outside any transaction, and safe to repeat: the same attempt gets the same page.

    Writes what it learned onto `attempt` too. Raises the gateway's PaymentError; the attempt then
    stays as it was and may be asked again.
    """
    if attempt.state != State.CREATED:
        return attempt
    page = gateway(attempt.gateway).create_checkout(request_of(attempt))
    learned = {
        "state": State.AWAITING,
        "provider_id": page.provider_id,
        "page_url": page.url,
    }
    if not PaymentAttempt.objects.filter(pk=attempt.pk, state=State.CREATED).update(**learned):
        attempt.refresh_from_db()  # Somebody was faster.
        return attempt
    for name, value in learned.items():
        setattr(attempt, name, value)
    return attempt
