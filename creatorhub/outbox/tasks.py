"""Wake-ups for the outbox."""

from __future__ import annotations

from celery import shared_task

from creatorhub.outbox.services import deliver_due


@shared_task
def deliver_due_messages() -> int:
    """Sweep what is due."""
    return deliver_due()
