"""The event inbox: verify, store, answer. Handling comes after."""

from __future__ import annotations

from collections.abc import Mapping

from creatorhub.foundation.clock import now
from creatorhub.payments.gateway import GatewayEvent
from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.registry import gateway


def receive_event(
    *, provider: str, payload: bytes, headers: Mapping[str, str]
) -> WebhookEvent | None:
    """Store a signed event; None when it was known already.

    SignatureError when the provider did not sign it, UnknownGatewayError when there is no such
    provider here; nothing is stored then.
    """
    event = gateway(provider).parse_event(payload=payload, headers=headers)
    return store_event(provider=provider, event=event)


def store_event(*, provider: str, event: GatewayEvent) -> WebhookEvent | None:
    """Keep a verified event once, due at once; of two racing deliveries one gets None."""
    moment = now()
    row, is_new = WebhookEvent.objects.get_or_create(
        provider=provider,
        event_id=event.event_id,
        defaults={
            "type": event.type,
            "account": event.account,
            "payload": event.data,
            "received_at": moment,
            "due_at": moment,
        },
    )
    return row if is_new else None
