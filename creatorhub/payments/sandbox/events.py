"""The sandbox provider's own events: kept, signed, delivered, doubled, held back."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.db.models import F

from creatorhub.foundation.clock import now
from creatorhub.payments.models import SandboxControls, SandboxEvent
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, sign
from creatorhub.payments.services.receive_event import receive_event


def controls() -> SandboxControls:
    """How the provider behaves now."""
    return SandboxControls.objects.filter(id=1).first() or SandboxControls()


def record_event(*, event_type: str, data: dict[str, Any]) -> SandboxEvent:
    """Keep an event in the far side's transaction; it is sent after."""
    return SandboxEvent.objects.create(
        public_id=f"evt_{secrets.token_urlsafe(15)}",
        type=event_type,
        data=data,
        created_at=now(),
    )


def send_event(*, event: SandboxEvent) -> None:
    """Deliver unless events are held back."""
    if not controls().holds_events:
        deliver(event=event)


def deliver(*, event: SandboxEvent) -> bool:
    """Deliver now, signed, into the same inbox as any provider's; False when it was known."""
    payload = body_of(event)
    SandboxEvent.objects.filter(pk=event.pk).update(deliveries=F("deliveries") + 1)
    headers = {SIGNATURE_HEADER: sign(payload)}
    return receive_event(provider="sandbox", payload=payload, headers=headers) is not None


def deliver_held(*, newest_first: bool = True, twice: bool = False) -> int:
    """Deliver what was never delivered, by default out of order; returns how many events."""
    held = list(SandboxEvent.objects.filter(deliveries=0).order_by("-id" if newest_first else "id"))
    for event in held:
        deliver(event=event)
        if twice:
            deliver(event=event)
    return len(held)


def body_of(event: SandboxEvent) -> bytes:
    """The event as it travels."""
    text = json.dumps({"id": event.public_id, "type": event.type, "data": event.data})
    return text.encode()
