"""The market opens: one person sells, another shares, a third buys, everyone is paid."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from creatorhub.affiliates.models import Commission
from creatorhub.ledger.models import Account
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import Refund, SaleLine
from creatorhub.social_share.models import Click
from tests.browser.journey.cast import ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK, Cast
from tests.browser.journey.story import Story
from tests.live_market import LiveMarket
from tests.shops.shopify import SAMPLES
from tests.visitors import Visitors

pytestmark = pytest.mark.browser


@pytest.fixture(params=[ARABIC_ON_A_PHONE, ENGLISH_AT_A_DESK], ids=["arabic-phone", "english-desk"])
def story(request: pytest.FixtureRequest, live_market: LiveMarket, people: Visitors) -> Story:
    cast: Cast = request.param
    export = next((path for path in SAMPLES if "jewelery" in path.name), None)
    if export is None:
        pytest.skip("the sample export lies beside the project, and is not there")
    return Story(cast=cast, market=live_market, people=people, export=Path(export))


def test_the_whole_loop(story: Story) -> None:
    cast = story.cast
    story.open_a_shop("seller", name=cast.seller, shop=cast.shop, handle=cast.handle)
    story.import_the_export()
    story.write_a_post()
    story.open_a_programme()
    story.open_a_shop(
        "second", name=cast.second_seller, shop=cast.second_shop, handle=cast.second_handle
    )
    story.sell_one_thing()

    link = story.join_and_copy_the_link()
    story.buy_two_things_of_two_shops(link)
    the_sale_is_split(story)

    story.send_everything()
    story.affiliate_sees_click_order_and_date()
    story.let_the_refund_window_pass()
    story.run_payouts()
    statements_add_up_to_the_cent(story)

    story.refund_the_bracelet()
    every_share_follows(story)
    call_command("doctor")


def the_sale_is_split(story: Story) -> None:
    """The affiliate earns on the line of the shop they joined, and on nothing else."""
    assert Click.objects.get().in_app == "instagram"
    own, other = (
        SaleLine.objects.get(sale__shop__handle=handle, kind="item")
        for handle in (story.cast.handle, story.cast.second_handle)
    )
    commission = Commission.objects.get()
    assert own.commission_minor == commission.amount_minor == own.base.at_rate(1000).minor
    assert other.commission_minor == 0
    for line in (own, other):
        assert line.fee_minor == line.base.at_rate(1000).minor
        assert line.fee_minor + line.commission_minor + line.net_minor == line.base_minor


def statements_add_up_to_the_cent(story: Story) -> None:
    """Sellers and affiliate got exactly what the lines gave them; their pages say the amount."""
    paid = {payout.payee.party.name: payout for payout in Payout.objects.all()}
    cast = story.cast
    owed = {
        name: sum(line.net_minor for line in SaleLine.objects.filter(sale__shop__handle=handle))
        for name, handle in (
            (cast.seller, cast.handle),
            (cast.second_seller, cast.second_handle),
        )
    }
    owed[cast.affiliate] = Commission.objects.get().amount_minor
    due = {name: minor for name, minor in owed.items() if name in paid}
    assert {name: payout.amount_minor for name, payout in paid.items()} == due
    assert {payout.state for payout in paid.values()} == {"paid"}
    assert cast.seller in paid
    for who, name in (("seller", cast.seller), ("second", cast.second_seller)):
        if name in paid:
            story.statement_reads(who, paid[name])


def every_share_follows(story: Story) -> None:
    """The refunded line gives back fee, commission and net; the other shop is not touched."""
    own = SaleLine.objects.get(sale__shop__handle=story.cast.handle, kind="item")
    other = SaleLine.objects.get(sale__shop__handle=story.cast.second_handle, kind="item")
    commission = Commission.objects.get()
    assert own.refunded_minor == own.base_minor
    assert own.fee_reversed_minor == own.fee_minor
    assert own.commission_reversed_minor == commission.reversed_minor == commission.amount_minor
    assert other.refunded_minor == 0
    assert Refund.objects.get().state == Refund.State.PAID
    fees = Account.objects.get(name="platform_fees")
    assert fees.balance_minor == other.fee_minor
