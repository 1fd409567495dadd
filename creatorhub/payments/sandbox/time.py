"""Letting time pass in the sandbox: the clock moves, then everything that came due happens.

Rooms above register what to do; `config` fills it. Days pass one by one, so that a week of them
does what a week would have done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from creatorhub.foundation.clock import let_time_pass, now
from creatorhub.payments.sandbox.disputes import lose_unanswered

Sweep = Callable[[], object]

_sweeps: list[Sweep] = []


def after_time_passes(sweep: Sweep) -> None:
    """Call this after every day that is let pass, in the order of registration."""
    if sweep not in _sweeps:
        _sweeps.append(sweep)


def let_days_pass(*, days: int) -> dt.datetime:
    """Move the shared clock, a day at a time. Returns the new moment."""
    for _ in range(days):
        let_time_pass(days=1)
        lose_unanswered()
        do_what_is_due()
    return now()


def do_what_is_due() -> None:
    """What the worker does by itself within a minute."""
    for sweep in _sweeps:
        sweep()
