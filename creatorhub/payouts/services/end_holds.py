"""Holds that end by the clock end."""

from __future__ import annotations

from creatorhub.foundation.clock import now
from creatorhub.payouts.models import PayeeHold
from creatorhub.payouts.services.payees import close_hold


def end_due_holds(*, limit: int = 500) -> int:
    """Close every hold of a payee whose time has passed; returns how many."""
    due = PayeeHold.objects.filter(closed_at=None, ends_by_clock=True, expected_until__lte=now())
    return sum(close_hold(hold=hold, outcome="time_passed") for hold in due.order_by("id")[:limit])
