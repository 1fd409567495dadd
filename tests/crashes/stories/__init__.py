"""What may be cut off anywhere: one story for each way money moves."""

from __future__ import annotations

from tests.crashes.stories.asking_back import ASKED_BACK
from tests.crashes.stories.by_bank import BANK_PAYOUT
from tests.crashes.stories.careless import CARELESS
from tests.crashes.stories.disputing import LOST_DISPUTE, WON_DISPUTE
from tests.crashes.stories.from_hand_to_hand import CASH, CASH_ORDER, NOT_TAKEN
from tests.crashes.stories.giving_back import REFUND, REFUSED_REFUND
from tests.crashes.stories.over_http import CARD_CHECKOUT, CARD_REFUND, CONNECT_PAYOUT
from tests.crashes.stories.paying import CHECKOUT, WEBHOOK
from tests.crashes.stories.paying_out import PAYOUT, RETURNED_PAYOUT
from tests.crashes.stories.story import Stall, Story, a_stall
from tests.crashes.stories.waiting import EXPIRY, RELEASE, SENDING

STORIES = (
    CHECKOUT,
    CARD_CHECKOUT,
    WEBHOOK,
    SENDING,
    RELEASE,
    EXPIRY,
    REFUND,
    REFUSED_REFUND,
    CARD_REFUND,
    ASKED_BACK,
    LOST_DISPUTE,
    WON_DISPUTE,
    CASH_ORDER,
    CASH,
    NOT_TAKEN,
    PAYOUT,
    RETURNED_PAYOUT,
    CONNECT_PAYOUT,
    BANK_PAYOUT,
)

__all__ = ["CARELESS", "CHECKOUT", "STORIES", "Stall", "Story", "a_stall"]
