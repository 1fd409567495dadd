"""Attempts and pages, through the real services and the real sandbox gateway."""

from __future__ import annotations

import datetime as dt
import itertools

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt, SandboxCheckout
from creatorhub.payments.sandbox import provider
from creatorhub.payments.services import ask_for_page, open_attempt

_numbers = itertools.count(1)


def an_attempt(
    *, minor: int = 7900, currency: str = "SAR", reference: str = "", language: str = "en"
) -> PaymentAttempt:
    """A frozen request that nobody was asked about yet."""
    return open_attempt(
        reference=reference or f"test{next(_numbers)}",
        amount=Money(minor, currency),
        request={
            "lines": [{"title": "Content planner", "quantity": 1, "minor": minor}],
            "email": "buyer@example.org",
            "success_url": "/en/done/",
            "cancel_url": "/en/basket/",
            "language": language,
        },
        gateway="sandbox",
        expires_at=now() + dt.timedelta(minutes=45),
    )


def an_open_page(**about: object) -> PaymentAttempt:
    """An attempt whose buyer is looking at the hosted page."""
    return ask_for_page(attempt=an_attempt(**about))  # type: ignore[arg-type]


def a_paid_attempt(**about: object) -> PaymentAttempt:
    """The buyer paid and the near side wrote it down, without a sale behind it."""
    attempt = an_open_page(**about)
    checkout = provider.pay(public_id=attempt.provider_id)
    attempt.payment_id = checkout.payment_id
    attempt.state = PaymentAttempt.State.PAID
    attempt.paid_at = now()
    attempt.save()
    return attempt


def page_of(attempt: PaymentAttempt) -> SandboxCheckout:
    """The far side's own row of an attempt's page."""
    return SandboxCheckout.objects.get(public_id=attempt.provider_id)
