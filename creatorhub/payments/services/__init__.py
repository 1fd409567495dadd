"""The verbs of this room."""

from __future__ import annotations

from creatorhub.payments.services.ask_for_page import ask_for_page
from creatorhub.payments.services.ask_gateway import expire_page, status_of
from creatorhub.payments.services.handle_events import handle_due_events, handle_event, revive
from creatorhub.payments.services.open_attempt import open_attempt, request_of
from creatorhub.payments.services.quarantine_payment import close_quarantine, quarantine
from creatorhub.payments.services.receive_event import receive_event
from creatorhub.payments.services.request_refund import (
    request_refund,
    settle_payment_refund,
)

__all__ = [
    "ask_for_page",
    "close_quarantine",
    "expire_page",
    "handle_due_events",
    "handle_event",
    "open_attempt",
    "quarantine",
    "receive_event",
    "request_of",
    "request_refund",
    "revive",
    "settle_payment_refund",
    "status_of",
]
