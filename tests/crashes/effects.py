"""Effects that can be counted afterwards, and careless ways of delivering them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from django.db import connection

from creatorhub.foundation.clock import now
from creatorhub.outbox import services
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.registry import handler_for, register_handler, register_outbound

INSIDE, OUTSIDE, POISON = "crashes.inside", "crashes.outside", "crashes.poison"

# Nothing in `crash_effect` refuses a second row of the same key. The far side of `crash_call` is
# like a payment provider: it knows its keys, and may be told the same thing again.
TABLES = """
CREATE TABLE crash_effect (key text NOT NULL);
CREATE TABLE crash_call (key text PRIMARY KEY, times integer NOT NULL);
"""

LONG_ENOUGH_TO_BE_KILLED_IN = 0.01


def happen(message: OutboxMessage) -> None:
    _say("INSERT INTO crash_effect VALUES (%s)", message.key)
    time.sleep(LONG_ENOUGH_TO_BE_KILLED_IN)


def call_outside(message: OutboxMessage) -> None:
    _say(
        "INSERT INTO crash_call VALUES (%s, 1) ON CONFLICT (key) DO UPDATE SET times = "
        "crash_call.times + 1",
        message.key,
    )
    time.sleep(LONG_ENOUGH_TO_BE_KILLED_IN)


def fail(message: OutboxMessage) -> None:
    happen(message)
    raise ValueError("this one never works")


def effect_before_mark(message_id: int) -> bool:
    """Careless: the effect is committed, and the mark follows."""
    message = OutboxMessage.objects.get(pk=message_id)
    handler_for(message.topic)(message)
    _mark(message_id)
    return True


def mark_before_effect(message_id: int) -> bool:
    """Careless: the mark is committed, and the effect follows."""
    message = OutboxMessage.objects.get(pk=message_id)
    _mark(message_id)
    time.sleep(LONG_ENOUGH_TO_BE_KILLED_IN)
    handler_for(message.topic)(message)
    return True


CARELESS: dict[str, Callable[[int], bool]] = {
    "effect before mark": effect_before_mark,
    "mark before effect": mark_before_effect,
}


def register() -> None:
    """In the worker process; CARELESS in its environment chooses how to get it wrong."""
    register_handler(INSIDE, happen)
    register_outbound(OUTSIDE, call_outside)
    register_handler(POISON, fail)
    careless = os.environ.get("CARELESS")
    if careless:
        services._deliver = CARELESS[careless]


def _mark(message_id: int) -> None:
    OutboxMessage.objects.filter(pk=message_id).update(done_at=now())


def _say(statement: str, key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
