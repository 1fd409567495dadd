"""Which function answers which event. `config.payment_events` fills it."""

from __future__ import annotations

from collections.abc import Callable

from creatorhub.payments.models import WebhookEvent

EventHandler = Callable[[WebhookEvent], None]

_handlers: dict[str, EventHandler] = {}


def register(event_type: str, handler: EventHandler) -> None:
    """Name the function that answers events of a type. It runs outside any transaction, may run
    again for the same event, and asks the gateway rather than trusting the payload."""
    _handlers[event_type] = handler


def handler_of(event_type: str) -> EventHandler | None:
    """The type's handler; None for events that are stored and ignored."""
    return _handlers.get(event_type)
