"""Rates: what a programme may promise, and what each member is promised."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max
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
    locked = programme.rate_locks.filter(
        cut_at__gte=enrolment.joined_at, cut_at__lte=at, ends_at__gt=at
    ).aggregate(highest=Max("rate_bps"))["highest"]
    return max(programme.rate_bps, locked or 0)
