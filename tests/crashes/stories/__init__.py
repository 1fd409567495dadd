"""What may be cut off anywhere: one story for each way money moves."""

from __future__ import annotations

from tests.crashes.stories.careless import CARELESS
from tests.crashes.stories.giving_back import REFUND, REFUSED_REFUND
from tests.crashes.stories.paying import CHECKOUT, WEBHOOK
from tests.crashes.stories.paying_out import PAYOUT, RETURNED_PAYOUT
from tests.crashes.stories.story import Stall, Story, a_stall
from tests.crashes.stories.waiting import EXPIRY, RELEASE, SENDING

STORIES = (
    CHECKOUT,
    WEBHOOK,
    SENDING,
    RELEASE,
    EXPIRY,
    REFUND,
    REFUSED_REFUND,
    PAYOUT,
    RETURNED_PAYOUT,
)

__all__ = ["CARELESS", "CHECKOUT", "STORIES", "Stall", "Story", "a_stall"]
