"""The whole loop with cards and payouts at a processor, over real HTTP, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

from creatorhub.affiliates.models import Commission
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.payments.registry import recipient_gateway
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import Dispute, Refund, SaleLine
from tests.browser.journey.cast import ARABIC_ON_A_PHONE
from tests.browser.journey.stripe_story import StripeStory
from tests.databases import CommittedDatabase
from tests.factories.stripe import a_fake_stripe, environment_for, speaking_to
from tests.fakestripe import FakeStripe, Habits
from tests.live_market import LiveMarket, serve
from tests.visitors import Visitors

pytestmark = pytest.mark.browser


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    """Without fees of its own, so that its balance and our book can be held side by side."""
    with a_fake_stripe(Habits(fee_bps=0)) as fake:
        yield fake
    assert fake.complaints == []


@pytest.fixture
def live_market(
    committed_database: CommittedDatabase, tmp_path: Path, fake: FakeStripe
) -> Iterator[LiveMarket]:
    """A market that takes cards at the fake; so does this process, where the workers run."""
    with (
        speaking_to(fake),
        serve(committed_database, tmp_path, **environment_for(fake)) as market,
    ):
        fake.deliver_to(f"{market.url}/webhooks/stripe/")
        yield market


@pytest.fixture
def story(live_market: LiveMarket, people: Visitors, fake: FakeStripe) -> StripeStory:
    return StripeStory(
        cast=ARABIC_ON_A_PHONE, market=live_market, people=people, export=Path(), fake=fake
    )


def test_the_whole_loop_at_a_processor(story: StripeStory) -> None:
    cast = story.cast
    story.open_a_shop("seller", name=cast.seller, shop=cast.shop, handle=cast.handle)
    story.sell_the_bracelet()
    story.open_a_programme()
    story.open_a_shop(
        "second", name=cast.second_seller, shop=cast.second_shop, handle=cast.second_handle
    )
    story.sell_one_thing()

    link = story.join_and_copy_the_link()
    story.buy_two_things_of_two_shops(link)
    story.hear_the_news()
    the_sale_is_split(story)
    for who in ("seller", "second", "affiliate"):
        story.choose_to_be_paid_through_stripe(who)

    story.send_everything()
    a_dispute_holds_the_money_and_is_won(story)
    story.let_the_refund_window_pass()
    story.run_payouts()
    story.hear_the_news()
    statements_add_up_to_the_cent(story)

    story.refund_the_bracelet()
    story.hear_the_news()
    every_share_follows(story)
    the_book_and_the_processor_agree(story)
    call_command("doctor")


def the_sale_is_split(story: StripeStory) -> None:
    """One charge of the platform's; per line, fee, commission and net make up what was paid."""
    own, other = item_of(story.cast.handle), item_of(story.cast.second_handle)
    assert own.commission_minor == Commission.objects.get().amount_minor > 0
    assert other.commission_minor == 0
    for line in (own, other):
        assert line.fee_minor + line.commission_minor + line.net_minor == line.base_minor
    (charge,) = story.fake.objects("charge")
    assert charge["amount"] == sum(line.base_minor for line in SaleLine.objects.all())


def a_dispute_holds_the_money_and_is_won(story: StripeStory) -> None:
    dispute = story.fake.open_dispute(story.charge)
    story.hear_the_news()
    assert Dispute.objects.get(provider_id=dispute).closed_at is None
    story.fake.win_dispute(dispute)
    story.hear_the_news()
    assert Dispute.objects.get(provider_id=dispute).state == "won"


def statements_add_up_to_the_cent(story: StripeStory) -> None:
    """What each line gave, what each statement says, and what arrived at the processor."""
    cast = story.cast
    owed = {
        cast.seller: net_of(cast.handle),
        cast.second_seller: net_of(cast.second_handle),
        cast.affiliate: Commission.objects.get().amount_minor,
    }
    payouts = {payout.payee.party.name: payout for payout in Payout.objects.all()}
    assert {name: payout.amount_minor for name, payout in payouts.items()} == owed
    assert story.paid_at_the_processor() == owed
    for who, name in (("seller", cast.seller), ("second", cast.second_seller)):
        story.statement_reads(who, payouts[name])


def every_share_follows(story: StripeStory) -> None:
    """The refunded line gives back fee, commission and net; what had left is taken back."""
    own, other = item_of(story.cast.handle), item_of(story.cast.second_handle)
    assert own.refunded_minor == own.base_minor
    assert own.fee_reversed_minor == own.fee_minor
    assert own.commission_reversed_minor == own.commission_minor
    assert other.refunded_minor == 0
    assert Refund.objects.get().state == Refund.State.PAID
    (refund,) = story.fake.objects("refund")
    assert refund["amount"] == own.base_minor
    left = story.paid_at_the_processor()
    assert (left[story.cast.seller], left[story.cast.affiliate]) == (0, 0)


def the_book_and_the_processor_agree(story: StripeStory) -> None:
    """To the cent: what our book says we have there, and what is there."""
    booked = Account.objects.get(name="processor_balance", currency="USD").balance_minor
    assert recipient_gateway("stripe").balance("USD") == Money(booked, "USD")


def item_of(handle: str) -> SaleLine:
    return SaleLine.objects.get(sale__shop__handle=handle, kind="item")


def net_of(handle: str) -> int:
    return sum(line.net_minor for line in SaleLine.objects.filter(sale__shop__handle=handle))
