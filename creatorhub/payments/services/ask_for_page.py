"""Asking the gateway for the page where the buyer pays."""

from __future__ import annotations

from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway
from creatorhub.payments.services.open_attempt import request_of


def ask_for_page(*, attempt_id: int) -> PaymentAttempt:
    """Outside any transaction, and safe to repeat: the same attempt gets the same page.

    Raises the gateway's PaymentError; the attempt then stays as it was and may be asked again.
    """
    attempt = PaymentAttempt.objects.get(pk=attempt_id)
    if attempt.state != PaymentAttempt.State.CREATED:
        return attempt
    page = gateway(attempt.gateway).create_checkout(request_of(attempt))
    PaymentAttempt.objects.filter(pk=attempt_id, state=PaymentAttempt.State.CREATED).update(
        state=PaymentAttempt.State.AWAITING, provider_id=page.provider_id, page_url=page.url
    )
    attempt.refresh_from_db()
    return attempt
