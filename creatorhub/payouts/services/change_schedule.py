"""How often, and from which amount on, a payee wants to be paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.policy import payout_minimum
from creatorhub.money import Money
from creatorhub.payouts.errors import ThresholdTooLowError
from creatorhub.payouts.models import Payee


@transaction.atomic(durable=True)
def change_schedule(
    *, payee: Payee, schedule: str, thresholds: Mapping[str, Money | None], actor: Any = None
) -> Payee:
    """Keep the payee's wishes. A threshold of None is the policy's minimum again.

    ThresholdTooLowError names the currency whose threshold is below the policy's minimum.
    """
    locked = Payee.objects.select_for_update().get(pk=payee.pk)
    kept = dict(locked.threshold_minor)
    for currency, threshold in thresholds.items():
        if threshold is None:
            kept.pop(currency, None)
            continue
        if threshold < payout_minimum(currency):
            raise ThresholdTooLowError(currency)
        kept[currency] = threshold.minor
    locked.schedule = Payee.Schedule(schedule)
    locked.threshold_minor = kept
    locked.save(update_fields=["schedule", "threshold_minor"])
    audit.record(
        action="payee.schedule_changed",
        subject=f"payee:{locked.pk}",
        actor=actor,
        schedule=schedule,
        thresholds=kept,
    )
    return locked
