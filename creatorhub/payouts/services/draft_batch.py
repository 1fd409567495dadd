"""A payout that people send: it joins its run's batch for the bank."""

from __future__ import annotations

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.payouts.models import Payout, PayoutBatch, PayoutRun


@transaction.atomic(durable=True)
def draft_into_batch(*, payout_id: int) -> Payout:
    """Put a payout into its run's open batch of its currency, made on first need. Once.

    A batch that was prepared in the meantime stays as it is; what comes later opens another one.
    """
    payout = Payout.objects.select_for_update().get(pk=payout_id)
    if payout.state not in (Payout.State.SENDING, Payout.State.UNKNOWN):
        return payout
    # The run's lock makes two payouts that come at once share one batch.
    PayoutRun.objects.select_for_update().get(pk=payout.run_id)
    batch, _ = PayoutBatch.objects.get_or_create(
        run_id=payout.run_id,
        currency=payout.currency,
        state=PayoutBatch.State.DRAFT,
        defaults={"drafted_at": now()},
    )
    PayoutBatch.objects.select_for_update().get(pk=batch.pk)
    payout.batch = batch
    payout.state = Payout.State.DRAFT
    payout.save(update_fields=["batch", "state"])
    return payout
