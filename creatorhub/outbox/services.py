"""Saying that an effect must happen, and making due effects happen."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.registry import handler_for, is_outbound

log = logging.getLogger(__name__)

MAIL = "mail"
ATTEMPTS_BEFORE_DEAD = 8
FIRST_RETRY = dt.timedelta(seconds=15)
# By hand, because a payout run writes tens of thousands.
WRITE = """
INSERT INTO outbox_outboxmessage (topic, key, payload, created_at, due_at, attempts, last_error)
SELECT %(topic)s, key, payload, %(created_at)s, %(due_at)s, 0, ''
  FROM json_to_recordset(%(messages)s) AS new(key text, payload jsonb)
    ON CONFLICT DO NOTHING
"""

# How long a call outside may take before another worker may repeat it.
LEASE = dt.timedelta(minutes=2)


def enqueue(
    *, topic: str, key: str, payload: dict[str, Any], due_at: dt.datetime | None = None
) -> None:
    """Write an effect in the caller's transaction. The same key twice is one effect."""
    enqueue_all(topic=topic, payloads={key: payload}, due_at=due_at)


def enqueue_all(
    *, topic: str, payloads: Mapping[str, dict[str, Any]], due_at: dt.datetime | None = None
) -> None:
    """Write many effects of one topic, by key, in one statement of the caller's transaction."""
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "topic": topic,
                "messages": json.dumps(
                    [{"key": key, "payload": payload} for key, payload in payloads.items()]
                ),
                "created_at": moment,
                "due_at": due_at or moment,
            },
        )


def enqueue_mail(
    *, key: str, to: str, subject: str, text: str, language: str, html: str = ""
) -> None:
    """One mail, rendered already, to one person."""
    payload = {"to": to, "subject": subject, "text": text, "html": html, "language": language}
    enqueue(topic=MAIL, key=f"mail:{key}", payload=payload)


def deliver_due(*, limit: int = 200) -> int:
    """Handle due messages one by one; returns how many were handled well."""
    moment = now()
    ids = list(
        OutboxMessage.objects.filter(done_at=None, dead_at=None, due_at__lte=moment)
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:limit]
    )
    return sum(_deliver_one(message_id) for message_id in ids)


def revive(*, message: OutboxMessage) -> None:
    """Staff give a dead message another life."""
    OutboxMessage.objects.filter(pk=message.pk, done_at=None).update(
        dead_at=None, attempts=0, due_at=now()
    )


def _deliver_one(message_id: int) -> bool:
    topic = OutboxMessage.objects.values_list("topic", flat=True).get(pk=message_id)
    try:
        return _deliver_outbound(message_id) if is_outbound(topic) else _deliver(message_id)
    except Exception as error:  # noqa: BLE001  One bad message must not stop the others.
        _record_failure(message_id, error)
        return False


def _deliver(message_id: int) -> bool:
    """Effect and mark in one transaction: both happen or neither does."""
    with transaction.atomic(durable=True):
        message = _lock(message_id)
        if message is None:
            return False
        handler_for(message.topic)(message)
        message.done_at = now()
        message.save(update_fields=["done_at"])
        return True


def _deliver_outbound(message_id: int) -> bool:
    """Lease the message, call out with no transaction open, then mark it done."""
    with transaction.atomic(durable=True):
        message = _lock(message_id)
        if message is None:
            return False
        message.due_at = now() + LEASE
        message.save(update_fields=["due_at"])
    handler_for(message.topic)(message)
    OutboxMessage.objects.filter(pk=message_id).update(done_at=now())
    return True


def _lock(message_id: int) -> OutboxMessage | None:
    """The message, unless another worker holds it, had it, or put it off."""
    return (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(pk=message_id, done_at=None, dead_at=None, due_at__lte=now())
        .first()
    )


def _record_failure(message_id: int, error: Exception) -> None:
    """Back off exponentially; after the last try the message waits for a person."""
    with transaction.atomic(durable=True):
        message = OutboxMessage.objects.select_for_update().get(pk=message_id)
        message.attempts += 1
        message.last_error = f"{type(error).__name__}: {error}"
        message.due_at = now() + FIRST_RETRY * (1 << message.attempts)
        if message.attempts >= ATTEMPTS_BEFORE_DEAD:
            message.dead_at = now()
            log.error("outbox message %s is dead: %s", message.key, message.last_error)
        else:
            log.warning("outbox message %s failed: %s", message.key, message.last_error)
        message.save(update_fields=["attempts", "last_error", "due_at", "dead_at"])
