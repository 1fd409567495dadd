"""Freezing what will be asked for."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import AttemptChangedError
from creatorhub.payments.gateway import CheckoutLine, CheckoutRequest
from creatorhub.payments.models import PaymentAttempt


def open_attempt(
    *,
    reference: str,
    amount: Money,
    request: dict[str, Any],
    gateway: str,
    expires_at: dt.datetime,
) -> PaymentAttempt:
    """Freeze a request for money, in the caller's transaction. Nobody is asked yet.

    `request` holds {"lines": [{"title", "quantity", "minor"}], "email", "success_url",
    "cancel_url", "language"}; "minor" is the whole line's amount in minor units.
    """
    return PaymentAttempt.objects.create(
        reference=reference,
        gateway=gateway,
        amount_minor=amount.minor,
        currency=amount.currency,
        request=request,
        request_hash=_hash(reference, amount, request),
        created_at=now(),
        expires_at=expires_at,
    )


def request_of(attempt: PaymentAttempt) -> CheckoutRequest:
    """What the gateway is asked; AttemptChangedError when the frozen row was touched."""
    amount = Money(attempt.amount_minor, attempt.currency)
    frozen = attempt.request
    if _hash(attempt.reference, amount, frozen) != attempt.request_hash:
        raise AttemptChangedError(attempt.reference)
    return CheckoutRequest(
        reference=attempt.reference,
        amount=amount,
        lines=tuple(
            CheckoutLine(
                title=line["title"],
                quantity=line.get("quantity", 1),
                amount=Money(line["minor"], attempt.currency),
            )
            for line in frozen.get("lines", [])
        ),
        email=frozen.get("email", ""),
        success_url=frozen["success_url"],
        cancel_url=frozen["cancel_url"],
        language=frozen.get("language", "en"),
        expires_at=attempt.expires_at,
        idempotency_key=f"attempt:{attempt.pk}",
    )


def _hash(reference: str, amount: Money, request: dict[str, Any]) -> str:
    frozen = [reference, amount.minor, amount.currency, request]
    text = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
