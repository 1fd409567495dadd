"""The run that happens by itself."""

from __future__ import annotations

from creatorhub.payouts.calendar import last_payout_day, weekly_key
from creatorhub.payouts.models import PayoutRun
from creatorhub.payouts.services.run_payouts import run_payouts


def run_weekly() -> PayoutRun:
    """This week's run, once; a worker that slept through the day catches up the next day."""
    return run_payouts(key=weekly_key(last_payout_day()))
