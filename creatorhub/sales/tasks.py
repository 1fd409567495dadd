"""Wake-ups for sales."""

from __future__ import annotations

from celery import shared_task

from creatorhub.sales.services import complete_due, expire_due_attempts, release_due, remind_late


@shared_task
def complete_paid_attempts() -> int:
    """Record what was paid and whose event or worker was lost."""
    return complete_due()


@shared_task
def expire_unpaid_attempts() -> int:
    """Close what was not paid in time."""
    return expire_due_attempts()


@shared_task
def release_due_money() -> int:
    """Let go of what waited long enough."""
    return release_due()


@shared_task
def remind_of_late_parcels() -> int:
    """Nudge shops whose promised day has passed."""
    return remind_late()
