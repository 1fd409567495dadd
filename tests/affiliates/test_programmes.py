"""Opening, changing, joining and leaving programmes."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import Enrolment, Programme
from creatorhub.affiliates.selectors import (
    commission_of_line,
    members_of,
    memberships_of,
    open_programmes,
    share_offer,
    share_offer_of_shop,
)
from creatorhub.affiliates.services import (
    change_programme,
    exclude_member,
    join_programme,
    leave_programme,
    open_programme,
)
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.models import AuditEntry
from tests.factories.accounts import a_party
from tests.factories.affiliates import a_member, a_programme, buy, owner_of
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import a_click, a_link

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("rate_bps", "window_days"), [(9_001, 30), (0, 30), (10_500, 30), (1_000, 0), (1_000, 91)]
)
def test_case_079_terms_that_cannot_be_kept_are_refused(rate_bps, window_days):
    shop = a_shop()
    with pytest.raises(ProgrammeError) as refused:
        open_programme(shop=shop, rate_bps=rate_bps, window_days=window_days, actor=owner_of(shop))
    assert str(refused.value.sentence)
    assert not Programme.objects.exists()


def test_a_rate_may_take_all_that_the_fee_leaves():
    assert a_programme(rate_bps=9_000).rate_bps == 9_000


def test_opening_twice_changes_the_terms_and_opens_again():
    programme = a_programme(rate_bps=500)
    change_programme(programme=programme, state="closed", actor=owner_of(programme.shop))
    again = a_programme(shop=programme.shop, rate_bps=700, window_days=10)
    assert (again.pk, again.rate_bps, again.window_days, again.state) == (
        programme.pk,
        700,
        10,
        "open",
    )
    assert AuditEntry.objects.filter(subject=f"programme:{programme.pk}").count() == 3


def test_joining_twice_is_joining_once():
    programme = a_programme()
    party = a_party()
    first = join_programme(shop=programme.shop, party=party)
    assert join_programme(shop=programme.shop, party=party) == first
    assert Enrolment.objects.count() == 1


def test_who_left_may_come_back_and_starts_anew():
    programme = a_programme()
    member = a_member(programme)
    leave_programme(enrolment=member)
    assert list(memberships_of(member.owner)) == []
    with travel_to(now() + DAY):
        again = join_programme(shop=programme.shop, party=member.owner)
    assert (again.state, again.left_at) == ("approved", None)
    assert again.joined_at > member.joined_at
    assert list(memberships_of(member.owner)) == [again]


def test_who_was_excluded_may_not_come_back():
    member = a_member(a_programme())
    exclude_member(enrolment=member, actor=owner_of(member.programme.shop))
    leave_programme(enrolment=member)
    with pytest.raises(ProgrammeError):
        join_programme(shop=member.programme.shop, party=member.owner)
    member.refresh_from_db()
    assert member.state == "banned"


def test_nobody_joins_a_paused_programme_a_closed_shop_or_their_own():
    programme = a_programme()
    shop = programme.shop
    with pytest.raises(ProgrammeError):
        join_programme(shop=shop, party=shop.owner)
    with pytest.raises(ProgrammeError):
        join_programme(shop=a_shop(), party=a_party())
    change_programme(programme=programme, state="paused", actor=owner_of(shop))
    with pytest.raises(ProgrammeError):
        join_programme(shop=shop, party=a_party())
    change_programme(programme=programme, state="open", actor=owner_of(shop))
    shop.state = "closed"
    shop.save()
    with pytest.raises(ProgrammeError):
        join_programme(shop=shop, party=a_party())


@pytest.mark.parametrize(
    ("sold_after_days", "rate_bps"), [(1, 2_000), (29, 2_000), (30, 1_000), (31, 1_000)]
)
def test_case_058_a_cut_reaches_members_after_30_days(sold_after_days, rate_bps):
    listing = a_published_listing()
    programme = a_programme(shop=listing.shop, rate_bps=2_000, window_days=90)
    member = a_member(programme)
    click = a_click(a_link(sharer=member.owner, listing=listing))
    cut_at = now() + dt.timedelta(seconds=1)
    with travel_to(cut_at):
        change_programme(programme=programme, rate_bps=1_000, actor=owner_of(listing.shop))
    with travel_to(cut_at + sold_after_days * DAY):
        _, commission = buy(listing, click)
    assert commission.rate_bps == rate_bps


def test_case_058_a_raise_counts_at_once_and_newcomers_get_the_new_rate():
    listing = a_published_listing()
    programme = a_programme(shop=listing.shop, rate_bps=1_000)
    old = a_member(programme)
    change_programme(programme=programme, rate_bps=3_000, actor=owner_of(listing.shop))
    assert buy(listing, a_click(a_link(sharer=old.owner, listing=listing)))[1].rate_bps == 3_000
    change_programme(programme=programme, rate_bps=500, actor=owner_of(listing.shop))
    new = a_member(programme)
    assert buy(listing, a_click(a_link(sharer=new.owner, listing=listing)))[1].rate_bps == 500


def test_an_offer_stands_while_programme_and_shop_are_open():
    listing = a_published_listing()
    assert share_offer(listing) is None
    programme = a_programme(shop=listing.shop, rate_bps=1_500)
    assert share_offer(listing) == 1_500
    assert [found.products for found in open_programmes()] == [1]
    listing.shop.state = "closed"
    listing.shop.save()
    assert share_offer_of_shop(listing.shop) is None
    assert programme not in open_programmes()


def test_a_shop_sees_what_each_member_earned():
    listing = a_published_listing()
    programme = a_programme(shop=listing.shop)
    idle, busy = a_member(programme), a_member(programme)
    line, commission = buy(listing, a_click(a_link(sharer=busy.owner, listing=listing)))
    members = members_of(programme)
    assert [(member.enrolment, member.sales, member.earned.minor) for member in members] == [
        (busy, 1, 1_000),
        (idle, 0, 0),
    ]
    assert commission_of_line(line.pk) == commission
    named = [str(row) for row in (commission, programme, busy, commission.attribution)]
    assert all(named)
