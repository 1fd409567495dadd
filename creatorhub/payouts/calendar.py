"""On which day payouts leave."""

from __future__ import annotations

import datetime as dt

from creatorhub.foundation.clock import today
from creatorhub.foundation.policy import policy
from creatorhub.payouts.models import PayoutRun

WEEK = dt.timedelta(days=7)


def weekly_key(day: dt.date) -> str:
    """The key of the run that belongs to a payout day."""
    return f"weekly:{day.isoformat()}"


def last_payout_day() -> dt.date:
    """The latest payout day that has come, today included."""
    day = today()
    return day - dt.timedelta(days=(day.weekday() - policy().payout_weekday) % 7)


def next_payout_on(*, is_monthly: bool = False) -> dt.date:
    """The day of the next run: today until today's run has finished.

    Who is paid once a month is paid on the month's first payout day.
    """
    last = last_payout_day()
    done = PayoutRun.objects.filter(key=weekly_key(last)).exclude(finished_at=None).exists()
    day = last if last == today() and not done else last + WEEK
    while is_monthly and day.day > WEEK.days:
        day += WEEK
    return day


def is_monthly_day() -> bool:
    """Whether the latest payout day that has come was the first of its month."""
    return last_payout_day().day <= WEEK.days


def payout_day_after(moment: dt.datetime) -> dt.date:
    """The payout day on which money released at `moment` leaves."""
    day = moment.date()
    return day + dt.timedelta(days=(policy().payout_weekday - day.weekday()) % 7)
