"""Wake-ups for payouts."""

from __future__ import annotations

from celery import shared_task

from creatorhub.payouts import services


@shared_task
def run_weekly_payouts() -> None:
    """This week's run, unless it was done."""
    services.run_weekly()


@shared_task
def look_up_unknown_payouts() -> int:
    """Ask about payouts nobody heard of."""
    return services.look_up_unknown_payouts()


@shared_task
def end_holds_that_are_over() -> int:
    """Close what ends by the clock."""
    return services.end_due_holds()
