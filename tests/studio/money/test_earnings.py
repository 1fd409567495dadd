"""One income page: every balance with its reason and date, from shop and links together."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of
from creatorhub.affiliates.services import join_programme
from creatorhub.foundation.clock import now, travel_to
from creatorhub.money import Money
from creatorhub.payouts.services import open_hold, payee_of
from creatorhub.sales.services import release_due
from creatorhub.studio.money.selectors import Purse, purses
from tests.factories.accounts import a_user
from tests.factories.payouts import refusing_bank
from tests.factories.sales import a_click, a_sale, an_affiliate, let_effects_happen, refund, send
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.studio import a_payout, signed_in, words_of

pytestmark = pytest.mark.django_db


def purse_of(user: User) -> Purse:
    (purse,) = purses(user=user)
    return purse


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def test_held_money_says_why_it_waits_and_adds_up() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    a_sale(a_published_listing(shop=shop, price=10_000))
    a_sale(a_download_listing(shop=shop, price=5_000))

    purse = purse_of(owner)

    assert purse.held == sar(9_000) + sar(4_500)
    assert Money.total((part.amount for part in purse.coming), "SAR") == purse.held
    assert {(part.reason.code, part.ends_by_clock) for part in purse.coming} == {
        ("awaiting_shipment", False),
        ("refund_window", True),
    }


def test_sending_starts_the_clock_and_time_makes_it_payable() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner), price=10_000))
    send(sale)
    (part,) = purse_of(owner).coming
    assert part.on == now().date() + dt.timedelta(days=14)

    with travel_to(now() + dt.timedelta(days=15)):
        release_due()
        purse = purse_of(owner)

    assert (purse.held, purse.payable, purse.coming) == (sar(0), sar(9_000), [])
    assert purse.next_amount == sar(9_000)


def test_shop_and_links_of_one_person_are_one_purse() -> None:
    mine = a_user(name="Both")
    a_sale(a_published_listing(shop=a_shop(owner=mine), price=10_000))
    theirs = a_shop()
    an_affiliate(theirs, rate_bps=2_000)
    listing = a_published_listing(shop=theirs, price=10_000)
    party = party_of(user=mine)
    join_programme(shop=theirs, party=party)
    a_sale(listing, clicks=[a_click(party, listing)])

    page = words_of(signed_in(mine).get("/en/studio/money/"))

    assert purse_of(mine).held == sar(11_000)
    assert "Sold through your link" in page
    assert "SAR 110.00" in page


def test_too_little_waits_and_says_so() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner), price=1_000))
    send(sale)

    with travel_to(now() + dt.timedelta(days=15)):
        release_due()
        purse = purse_of(owner)
        page = words_of(signed_in(owner).get("/en/studio/money/"))

    assert [reason.code for reason, _on in purse.waits] == ["below_minimum"]
    assert purse.next_amount == sar(0)
    assert "still below the smallest payout" in page


def test_a_hold_on_the_person_says_until_when() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner), price=10_000))
    send(sale)
    until = now() + dt.timedelta(days=20)
    with travel_to(now() + dt.timedelta(days=15)):
        release_due()
        open_hold(
            payee=payee_of(party=party_of(user=owner)),
            reason_code="payee_hold",
            expected_until=until,
        )
        ((why, on),) = purse_of(owner).waits

    assert (why.code, on) == ("payee_hold", until.date())


def test_refunded_money_is_no_longer_coming() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner), price=10_000))

    refund(sale)

    assert purse_of(owner).held == sar(0)
    assert purse_of(owner).coming == []
    assert "Given back to the buyer" in words_of(signed_in(owner).get("/en/studio/money/"))


def test_a_paid_and_a_returned_payout_are_told_apart() -> None:
    owner = a_user()
    a_payout(owner=party_of(user=owner))
    let_effects_happen()
    assert purse_of(owner).paid == sar(5_000)

    with refusing_bank():
        a_payout(owner=party_of(user=owner))
        let_effects_happen()

    purse = purse_of(owner)
    assert (purse.paid, purse.payable, purse.on_its_way) == (sar(5_000), sar(5_000), sar(0))
    assert "It came back." in words_of(signed_in(owner).get("/en/studio/money/"))


def test_before_the_first_earning_it_says_how_to_begin() -> None:
    assert "Nothing earned yet" in words_of(signed_in(a_user()).get("/en/studio/money/"))
