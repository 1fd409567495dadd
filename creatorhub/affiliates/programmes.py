"""Rates: what a programme may promise, and what each member is promised."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import Enrolment
from creatorhub.foundation.policy import policy
from creatorhub.money import RATE_WHOLE_BPS

LONGEST_WINDOW_DAYS = 90
# A cut reaches those who already promote only after this long.
RATE_LOCK = dt.timedelta(days=30)


def highest_rate_bps() -> int:
    """The most a programme may promise: what the market's own fee leaves of a sale."""
    return RATE_WHOLE_BPS - policy().platform_fee_bps


def check_terms(*, rate_bps: int, window_days: int) -> None:
    """ProgrammeError with a sentence when these terms could not be kept."""
    if rate_bps < 1:
        raise ProgrammeError(_("A programme pays something: choose a rate above zero."))
    if rate_bps > highest_rate_bps():
        raise ProgrammeError(
            _("This rate and the market's fee are more than the whole price. Choose a lower rate.")
        )
    if not 1 <= window_days <= LONGEST_WINDOW_DAYS:
        raise ProgrammeError(_("Clicks can count for 1 to 90 days."))


def rate_of(*, enrolment: Enrolment, at: dt.datetime) -> int:
    """What this member earns on a sale at that moment, in basis points.

    A raise counts at once. After a cut, those who had joined keep the old rate for 30 days.
    """
    programme = enrolment.programme
    locked = [
        lock.rate_bps
        for lock in programme.rate_locks.all()
        if enrolment.joined_at <= lock.cut_at <= at < lock.ends_at
    ]
    return max([programme.rate_bps, *locked])
