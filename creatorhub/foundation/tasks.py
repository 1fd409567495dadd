"""Wake-ups for what everybody stands on."""

from __future__ import annotations

from celery import shared_task

from creatorhub.foundation.throttle import forget_old_windows


@shared_task
def forget_old_throttle_windows() -> int:
    """Counters of limits whose time is over."""
    return forget_old_windows()
