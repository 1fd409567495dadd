"""The whole loop with cash on delivery, on a phone, in both languages; and a parcel not taken."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command

from creatorhub.affiliates.models import Commission
from creatorhub.ledger.models import Account
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import CashOrder, Sale, SaleLine
from tests.browser.journey.cash_story import CashStory
from tests.browser.journey.cast import ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK, Cast
from tests.live_market import LiveMarket
from tests.visitors import Visitors

pytestmark = pytest.mark.browser


@pytest.fixture(params=[ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK], ids=["arabic-phone", "english-desk"])
def story(request: pytest.FixtureRequest, live_market: LiveMarket, people: Visitors) -> CashStory:
    cast: Cast = request.param
    return CashStory(cast=cast, market=live_market, people=people)


def test_the_whole_loop_with_cash(story: CashStory) -> None:
    """Link → cash → sent → paid at the door → the affiliate waits → a card sale → paid out."""
    story.open_a_shop_that_takes_cash()
    link = story.share_the_journal()
    story.buy_with_cash(link)
    sale = Sale.objects.get()
    assert sale.is_collected_by_shop
    assert Commission.objects.get().amount_minor == sale.commission_minor > 0

    story.send_the_parcel(sale)
    story.confirm_the_cash(sale)
    owed = sale.fee_minor + sale.commission_minor
    assert balance_of("payee_receivable") == owed
    story.shop_reads_what_it_owes(sale)
    story.affiliate_reads_why_it_waits()

    story.let_the_window_pass()
    assert balance_of("payee_receivable") == owed, "no sale has settled it yet"
    card = story.buy_with_a_card()
    story.send_the_parcel(card)
    story.let_the_window_pass()
    assert balance_of("payee_receivable") == 0
    story.let_a_payout_day_pass()
    paid: Counter[str] = Counter()
    for payout in Payout.objects.filter(state=Payout.State.PAID):
        paid[payout.payee.party.name] += payout.amount_minor
    net = sum(line.net_minor for line in SaleLine.objects.filter(sale=card))
    assert paid == {story.cast.seller: net - owed, story.cast.affiliate: sale.commission_minor}
    call_command("doctor")


def test_a_parcel_that_is_not_taken(story: CashStory) -> None:
    """Nothing is owed, the stock is back, and the buyer reads so."""
    story.open_a_shop_that_takes_cash()
    story.buy_with_cash()
    sale = Sale.objects.get()
    story.send_the_parcel(sale)
    story.say_it_was_not_taken(sale)
    assert CashOrder.objects.get().state == CashOrder.State.REFUSED
    story.buyer_reads_that_nothing_is_owed()
    assert not Account.objects.filter(name="payee_receivable", balance_minor__gt=0).exists()
    call_command("doctor")


def balance_of(name: str) -> int:
    return sum(Account.objects.filter(name=name).values_list("balance_minor", flat=True))
