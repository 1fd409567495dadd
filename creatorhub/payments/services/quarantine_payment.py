"""Putting a payment aside that is not what was asked for."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.payments.models import PaymentAttempt, Quarantine

log = logging.getLogger(__name__)


@transaction.atomic
def quarantine(*, attempt: PaymentAttempt, reason_code: str, payload: dict[str, Any]) -> Quarantine:
    """Set a payment aside for staff. One open row per attempt and reason, however often seen."""
    reason(reason_code)
    PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    row = Quarantine.objects.filter(
        attempt=attempt, reason_code=reason_code, closed_at=None
    ).first()
    if row:
        return row
    attempt.state = PaymentAttempt.State.QUARANTINED
    attempt.save(update_fields=["state"])
    log.error("payment of %s is quarantined: %s", attempt.reference, reason_code)
    return Quarantine.objects.create(
        attempt=attempt, reason_code=reason_code, payload=payload, opened_at=now()
    )


@transaction.atomic
def close_quarantine(*, row: Quarantine, outcome: str, actor: Any) -> None:
    """Staff decided. What was decided happens elsewhere; here it is written down."""
    closed = Quarantine.objects.filter(pk=row.pk, closed_at=None).update(
        closed_at=now(), outcome=outcome
    )
    if closed:
        audit.record(
            action="quarantine.closed",
            subject=f"attempt:{row.attempt.reference}",
            actor=actor,
            outcome=outcome,
        )
