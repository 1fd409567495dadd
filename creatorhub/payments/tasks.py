"""Wake-ups for the event inbox."""

from __future__ import annotations

from celery import shared_task

from creatorhub.payments import services


@shared_task
def handle_due_events() -> int:
    """Sweep what is due."""
    return services.handle_due_events()
