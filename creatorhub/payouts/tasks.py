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
def refresh_due_recipients() -> int:
    """Ask the processor what it still needs of whom."""
    return services.refresh_due_recipients()


@shared_task
def check_balances() -> int:
    """Today's look at the processor's balance."""
    return len(services.check_balances())


@shared_task
def end_holds_that_are_over() -> int:
    """Close what ends by the clock."""
    return services.end_due_holds()
