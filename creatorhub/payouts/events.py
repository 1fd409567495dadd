"""Which of our use cases answers which payment event (`config.payment_events` wires them)."""

from __future__ import annotations

from creatorhub.payments.models import WebhookEvent
from creatorhub.payouts.models import Recipient
from creatorhub.payouts.services.onboard_recipient import note_bank_refusal, refresh_recipient


def answer_recipient(event: WebhookEvent) -> None:
    """What is asked of a recipient changed, or their bank sent money back: the processor is asked.

    Recipients of another instance on the same processor account are none of ours.
    """
    recipient = Recipient.objects.filter(
        gateway=event.provider, provider_id=event.payload["recipient"]
    ).first()
    if recipient is None:
        return
    refresh_recipient(recipient_id=recipient.pk)
    if event.type == "recipient.payout_failed":
        note_bank_refusal(recipient_id=recipient.pk, event_id=event.event_id)
