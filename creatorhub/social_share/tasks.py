"""Work that a clock starts."""

from __future__ import annotations

from celery import shared_task

from creatorhub.social_share import clicks


@shared_task
def forget_old_salts() -> None:
    clicks.forget_old_salts()
