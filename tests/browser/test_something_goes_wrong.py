"""Something goes wrong, on a phone in both languages: asked, answered or escalated, given back."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from creatorhub.affiliates.models import Commission
from creatorhub.ledger.models import Account
from creatorhub.outbox.models import SentMail
from creatorhub.sales.models import Refund, Sale
from tests.browser.journey.cast import ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK, Cast
from tests.browser.journey.refund_story import RefundStory
from tests.live_market import LiveMarket
from tests.visitors import Visitors

pytestmark = pytest.mark.browser
BROKEN = {"ar": "وصل دفتران بغلاف مكسور.", "en": "Two arrived with a broken cover."}
NO = {"ar": "أرسلتها سليمة.", "en": "They left me whole."}
NOT_SO = {"ar": "انظروا إلى الصورة.", "en": "Look at the picture."}
DECIDED = {"ar": "الصورة تُظهر الكسر.", "en": "The picture shows the break."}


@pytest.fixture(params=[ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK], ids=["arabic", "english"])
def story(request: pytest.FixtureRequest, live_market: LiveMarket, people: Visitors) -> RefundStory:
    cast: Cast = request.param
    return RefundStory(cast=cast, market=live_market, people=people)


def test_a_no_goes_to_our_team_and_the_money_goes_back(story: RefundStory) -> None:
    tongue = story.cast.language
    sale = story.sell_three()
    story.ask_for_two(BROKEN[tongue])
    story.shop_says_no(NO[tongue])
    story.do_not_agree(NOT_SO[tongue])
    story.staff_give_all(DECIDED[tongue])

    story.buyer_reads(BROKEN[tongue], NO[tongue], NOT_SO[tongue], DECIDED[tongue], "80.00")
    story.shop_reads(DECIDED[tongue])
    assert Refund.objects.get().state == Refund.State.PAID
    two_thirds_went_back(sale)
    told = set(SentMail.objects.filter(text__contains=DECIDED[tongue]).values_list("to", flat=True))
    assert {sale.order.checkout.email, owner_of(sale)} <= told
    call_command("doctor")


def test_silence_goes_to_our_team_and_a_late_yes_still_counts(story: RefundStory) -> None:
    tongue = story.cast.language
    sale = story.sell_three()
    story.ask_for_two(BROKEN[tongue])
    story.days_pass(2)
    assert story.request.reminded_at is not None
    story.days_pass(1)
    assert (story.request.state, story.request.escalated_by) == ("escalated", "clock")
    story.shop_gives_one()
    story.days_pass(0)

    assert story.request.state == "accepted"
    story.buyer_reads("40.00")
    assert sale.lines.get().refunded_quantity == 1
    call_command("doctor")


def two_thirds_went_back(sale: Sale) -> None:
    """Fee, commission and net, each to the smallest coin."""
    line = sale.lines.get()
    assert (line.refunded_quantity, line.refunded_minor) == (2, 8_000)
    assert (line.fee_reversed_minor, line.commission_reversed_minor) == (800, 800)
    assert Commission.objects.get().reversed_minor == 800
    held = Account.objects.filter(name="payee_held").order_by("balance_minor")
    assert [account.balance_minor for account in held] == [400, 3_200]


def owner_of(sale: Sale) -> str:
    owner = sale.shop.owner.user
    assert owner is not None
    return owner.email
