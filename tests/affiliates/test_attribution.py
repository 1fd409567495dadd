"""Which click is credited, and why every other is not."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.accounts.models import Party
from creatorhub.affiliates.models import Attribution, Refusal
from creatorhub.affiliates.outcomes import outcome_in_words
from creatorhub.affiliates.services import (
    change_programme,
    exclude_member,
    join_programme,
    leave_programme,
)
from creatorhub.foundation.clock import now, travel_to
from creatorhub.social_share.services import link_for
from tests.factories.accounts import a_user
from tests.factories.affiliates import a_member, a_programme, an_order_line, buy, owner_of
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import a_click, a_link

pytestmark = pytest.mark.django_db

SECOND = dt.timedelta(seconds=1)


def outcomes(line: object) -> list[str]:
    """How the record explains each candidate, the newest first."""
    record = getattr(line, "attribution", None) or getattr(line, "refusal", None)
    assert record is not None
    for candidate in record.explain:
        assert outcome_in_words(candidate["outcome"])
    return [candidate["outcome"] for candidate in record.explain]


@pytest.fixture
def listing():
    return a_published_listing()


@pytest.fixture
def programme(listing):
    return a_programme(shop=listing.shop)


@pytest.fixture
def member(programme):
    return a_member(programme)


def test_case_029_a_click_then_a_purchase_credits_the_sharer(listing, member):
    line, commission = buy(listing, a_click(a_link(sharer=member.owner, listing=listing)))
    assert commission.attribution.enrolment == member
    assert commission.attribution.channel == "x"
    assert (commission.amount_minor, commission.rate_bps, commission.currency) == (
        1_000,
        1_000,
        "SAR",
    )
    assert outcomes(line) == ["credited"]


@pytest.mark.parametrize(
    ("late_by", "is_credited"), [(-SECOND, True), (dt.timedelta(), True), (SECOND, False)]
)
def test_case_030_the_window_ends_to_the_second(listing, member, late_by, is_credited):
    click = a_click(a_link(sharer=member.owner, listing=listing))
    bought_at = click.clicked_at + dt.timedelta(days=30) + late_by
    with travel_to(bought_at):
        line, commission = buy(listing, click, at=bought_at)
    assert (commission is not None) is is_credited
    assert outcomes(line) == (["credited"] if is_credited else ["window_over"])


def test_case_032_the_last_of_two_clicks_is_credited(programme, listing):
    first, last = a_member(programme), a_member(programme)
    clicks = [
        a_click(a_link(sharer=member.owner, listing=listing), at=now() + number * SECOND)
        for number, member in enumerate((first, last))
    ]
    line, commission = buy(listing, *reversed(clicks), at=now() + 5 * SECOND)
    assert commission.attribution.enrolment == last
    assert outcomes(line) == ["credited", "later_click_won"]


def test_case_036_in_a_basket_of_two_shops_each_line_goes_to_its_own():
    listings = [a_published_listing(shop=a_shop()), a_published_listing(shop=a_shop())]
    members = [a_member(a_programme(shop=listing.shop)) for listing in listings]
    clicks = [
        a_click(a_link(sharer=member.owner, listing=listing))
        for member, listing in zip(members, listings, strict=True)
    ]
    first, commission_one = buy(listings[0], *clicks)
    second = an_order_line(listings[1], order=first.order)
    _, commission_two = buy(listings[1], line=second)
    assert commission_one.attribution.enrolment == members[0]
    assert commission_two.attribution.enrolment == members[1]
    assert "not_a_member" in outcomes(second)


def test_case_037_a_member_of_one_shop_earns_only_there(member, listing):
    other = a_published_listing(shop=a_shop())
    a_programme(shop=other.shop)
    click = a_click(a_link(sharer=member.owner, listing=listing))
    line, commission = buy(other, click)
    assert commission is None
    assert outcomes(line) == ["not_a_member"]


def test_case_051_a_free_line_is_attributed_and_earns_nothing(listing, member):
    zero = listing.shop.shipping_flat
    line, commission = buy(
        listing, a_click(a_link(sharer=member.owner, listing=listing)), base=zero, fee=zero
    )
    assert commission is None
    assert Attribution.objects.get(order_line=line).enrolment == member


def test_case_054_a_click_before_joining_is_not_credited(listing, programme):
    user_link = a_link(sharer=a_shop().owner, listing=listing)
    click = a_click(user_link, at=now() - SECOND)
    a_member(programme, user=user_link.sharer.user)
    line, commission = buy(listing, click)
    assert commission is None
    assert outcomes(line) == ["joined_after_click"]


def test_case_056_a_line_credited_twice_has_one_commission(listing, member):
    line, first = buy(listing, a_click(a_link(sharer=member.owner, listing=listing)))
    _, again = buy(listing, line=line)
    assert again == first
    assert Attribution.objects.filter(order_line=line).count() == 1


@pytest.mark.parametrize(
    ("affiliate", "buyer"),
    [
        ("a.@gmail.com", "a+x@gmail.com"),
        ("maha.ali@googlemail.com", "MahaAli@gmail.com"),
        ("me@example.com", "me+gift@example.com"),
    ],
)
def test_case_060_a_buyer_with_the_affiliates_mailbox_is_the_affiliate(
    listing, programme, affiliate, buyer
):
    member = a_member(programme, user=a_user(email=affiliate))
    click = a_click(a_link(sharer=member.owner, listing=listing))
    line, commission = buy(listing, click, email=buyer)
    assert commission is None
    assert outcomes(line) == ["own_purchase"]


def test_a_dot_matters_outside_google(listing, programme):
    member = a_member(programme, user=a_user(email="ma.ha@example.com"))
    click = a_click(a_link(sharer=member.owner, listing=listing))
    assert buy(listing, click, email="maha@example.com")[1] is not None


def test_a_signed_in_affiliate_buying_for_another_address_is_still_the_affiliate(listing, member):
    click = a_click(a_link(sharer=member.owner, listing=listing))
    line, commission = buy(listing, click, email="friend@example.com", user=member.owner.user)
    assert commission is None
    assert outcomes(line) == ["own_purchase"]


def test_case_062_the_shops_owner_earns_nothing_from_the_own_shop(listing, programme):
    link = link_for(sharer=listing.shop.owner, listing=listing)
    line, commission = buy(listing, a_click(link))
    assert commission is None
    assert outcomes(line) == ["owns_the_shop"]


def test_somebody_excluded_or_gone_earns_nothing_from_new_sales(listing, programme):
    left, excluded = a_member(programme), a_member(programme)
    other_shop = a_published_listing(shop=a_shop())
    clicks = [
        a_click(a_link(sharer=person.owner, listing=other_shop)) for person in (left, excluded)
    ]
    leave_programme(enrolment=left)
    exclude_member(enrolment=excluded, actor=owner_of(listing.shop))
    line, commission = buy(listing, *clicks)
    assert commission is None
    assert set(outcomes(line)) == {"left_programme", "excluded"}


def test_a_paused_programme_credits_nobody_and_says_so(listing, programme, member):
    click = a_click(a_link(sharer=member.owner, listing=listing))
    change_programme(programme=programme, state="paused", actor=owner_of(listing.shop))
    line, commission = buy(listing, click)
    assert commission is None
    assert outcomes(line) == ["programme_paused"]


def test_an_organisation_has_no_mailbox_of_its_own_to_confuse_with_a_buyers(listing, programme):
    party = Party.objects.create(kind=Party.Kind.ORGANISATION, name="Agency")
    member = join_programme(shop=listing.shop, party=party)
    _, commission = buy(listing, a_click(a_link(sharer=member.owner, listing=listing)))
    assert commission.attribution.enrolment == member


def test_the_shops_own_link_credits_nobody_though_it_was_clicked(listing, programme, member):
    mine = a_click(a_link(sharer=member.owner, listing=listing))
    link = a_link(sharer=member.owner, listing=a_published_listing())
    click = a_click(link)
    line = an_order_line(listing)
    buy(listing, mine, click, line=line, at=now() + SECOND)
    link.sharer = None
    link.save()
    again, commission = buy(listing, line=an_order_line(listing, order=line.order))
    assert commission.attribution.enrolment == member
    assert "shared_by_nobody" in outcomes(again)


def test_a_click_after_the_order_was_placed_is_not_credited(listing, member):
    click = a_click(a_link(sharer=member.owner, listing=listing))
    line, commission = buy(listing, click, at=click.clicked_at - SECOND)
    assert commission is None
    assert outcomes(line) == ["clicked_after_order"]


def test_a_shop_without_a_programme_is_explained_too(listing):
    member = a_member(a_programme())
    line, commission = buy(listing, a_click(a_link(sharer=member.owner, listing=listing)))
    assert commission is None
    assert outcomes(line) == ["no_programme"]


def test_without_any_shared_link_nothing_is_written(listing, programme):
    line, commission = buy(listing)
    assert commission is None
    assert not Refusal.objects.filter(order_line=line).exists()
