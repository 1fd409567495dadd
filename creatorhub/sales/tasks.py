"""Wake-ups for sales."""

from __future__ import annotations

from celery import shared_task

from creatorhub.sales.services import (
    complete_due,
    escalate_unanswered,
    expire_due_attempts,
    refund_unsent,
    release_due,
    remind_late,
    remind_of_requests,
)
from creatorhub.sales.services.judge_collecting import judge_collecting
from creatorhub.sales.services.settle_debts import settle_debts
from creatorhub.sales.services.watch_cash import watch_cash
from creatorhub.sales.services.watch_holds import watch_holds


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


@shared_task
def watch_refund_requests() -> int:
    """Remind shops whose time to answer runs out; after it, staff look at it."""
    return remind_of_requests() + escalate_unanswered()


@shared_task
def refund_unsent_parcels() -> int:
    """Give back what shops did not send although they were reminded."""
    return refund_unsent()


@shared_task
def settle_shops_debts() -> int:
    """Net what shops owe from orders they collected, and say who may collect."""
    settled = settle_debts()
    judge_collecting()
    return settled


@shared_task
def watch_cash_orders() -> int:
    """Remind shops of their word about money from hand to hand."""
    return watch_cash()


@shared_task
def watch_promised_dates() -> int:
    """Tell staff of holds, appeals and disputes whose date has come."""
    return watch_holds()
