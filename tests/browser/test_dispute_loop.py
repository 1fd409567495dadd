"""A buyer goes to their bank, and staff let money wait: on a phone in Arabic, at a desk in English.

Everybody reads why, says their side, and sees how it ends.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command

from creatorhub.ledger.models import Account
from creatorhub.payments.models import SandboxDispute
from creatorhub.payouts.models import PayeeHold
from tests.browser.journey.cast import ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK, Cast
from tests.browser.journey.dispute_story import DisputeStory
from tests.live_market import LiveMarket
from tests.visitors import Visitors

pytestmark = pytest.mark.browser

SIDE = "The carrier rang twice and left it with a neighbour."
DOUBTS = "Three buyers wrote to us."
PLEA = "They had their money back on Monday."
ANSWER = "You are right, thank you."


@pytest.fixture(params=[ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK], ids=["arabic-phone", "english-desk"])
def story(
    request: pytest.FixtureRequest, live_market: LiveMarket, people: Visitors
) -> DisputeStory:
    cast: Cast = request.param
    return DisputeStory(cast=cast, market=live_market, people=people)


def test_a_dispute_is_answered_and_lost(story: DisputeStory) -> None:
    """Bank → shop's side → staff's answer → lost → everybody reads so, and the book is right."""
    story.begin()
    story.the_bank_takes_the_money()
    assert balance_of("disputes_in_review") == story.sale.total_minor
    story.the_shop_adds_its_side(SIDE)
    story.the_affiliate_reads_why_it_waits()
    story.staff_answer_the_bank(SIDE)
    assert SIDE in SandboxDispute.objects.get().evidence
    story.the_bank_decides("Buyer wins")
    story.the_shop_reads("The buyer got the money back")
    assert balance_of("payee_held") == balance_of("disputes_in_review") == 0
    call_command("doctor")


def test_money_that_staff_let_wait_is_appealed_and_let_go(story: DisputeStory) -> None:
    """Freeze → read why → appeal → answer → paid again; nothing ever left anybody."""
    story.begin()
    before = balance_of("payee_held")
    story.staff_freeze_the_shop(DOUBTS)
    story.the_shop_appeals(PLEA)
    story.staff_lift_it(ANSWER)
    story.the_shop_reads_the_answer(ANSWER)
    assert not PayeeHold.objects.filter(closed_at=None).exists()
    assert balance_of("payee_held") == before > 0
    call_command("doctor")


def balance_of(name: str) -> int:
    return sum(Account.objects.filter(name=name).values_list("balance_minor", flat=True))
