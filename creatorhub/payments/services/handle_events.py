"""Answering stored events: each until it worked once, then never again."""

from __future__ import annotations

import datetime as dt
import logging

from django.db.models import F

from creatorhub.foundation.clock import now
from creatorhub.payments.event_registry import handler_of
from creatorhub.payments.models import WebhookEvent

log = logging.getLogger(__name__)

ATTEMPTS_BEFORE_DEAD = 10
FIRST_RETRY = dt.timedelta(seconds=15)
LONGEST_WAIT = dt.timedelta(hours=1)


def handle_due_events(*, limit: int = 200) -> int:
    """Handle due events, oldest first; returns how many went well."""
    ids = list(
        WebhookEvent.objects.filter(handled_at=None, dead_at=None, due_at__lte=now())
        .order_by("due_at", "id")
        .values_list("id", flat=True)[:limit]
    )
    return sum(handle_event(event_id=event_id) for event_id in ids)


def handle_event(*, event_id: int) -> bool:
    """Answer one event; False when another worker has it, it was answered, or it failed.

    The try is counted and the next one scheduled before the handler runs, so that a killed worker
    leaves an event that comes due again. Handlers repeat safely.
    """
    event = _claim(event_id)
    if event is None:
        return False
    handler = handler_of(event.type)
    try:
        if handler:
            handler(event)
    except Exception as error:  # noqa: BLE001  One bad event must not stop the others.
        _record_failure(event, error)
        return False
    WebhookEvent.objects.filter(pk=event_id).update(handled_at=now(), last_error="")
    return True


def revive(*, event: WebhookEvent) -> None:
    """Staff give a dead event another life."""
    WebhookEvent.objects.filter(pk=event.pk, handled_at=None).update(
        dead_at=None, attempts=0, due_at=now()
    )


def _claim(event_id: int) -> WebhookEvent | None:
    event = WebhookEvent.objects.filter(pk=event_id, handled_at=None, dead_at=None).first()
    if event is None:
        return None
    claimed = WebhookEvent.objects.filter(
        pk=event_id, handled_at=None, dead_at=None, attempts=event.attempts
    ).update(attempts=F("attempts") + 1, due_at=now() + _wait(event.attempts + 1))
    if not claimed:
        return None
    event.attempts += 1
    return event


def _wait(attempts: int) -> dt.timedelta:
    return min(FIRST_RETRY * (1 << attempts), LONGEST_WAIT)


def _record_failure(event: WebhookEvent, error: Exception) -> None:
    told = f"{type(error).__name__}: {error}"
    is_dead = event.attempts >= ATTEMPTS_BEFORE_DEAD
    WebhookEvent.objects.filter(pk=event.pk, handled_at=None).update(
        last_error=told, dead_at=now() if is_dead else None
    )
    if is_dead:
        log.error("payment event %s is dead: %s", event.event_id, told)
    else:
        log.warning("payment event %s failed, again later: %s", event.event_id, told)
