"""Clicks that survive lost cookies: kept by baskets, accounts and orders."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth import login
from django.test import RequestFactory

from creatorhub.affiliates.models import Touch
from creatorhub.affiliates.selectors import who_earns
from creatorhub.affiliates.services import (
    bind_basket_touches,
    bind_order_touches,
    bind_user_touches,
    exclude_member,
)
from creatorhub.foundation.clock import now, travel_to
from creatorhub.social_share import touch_cookie
from tests.factories.accounts import a_user
from tests.factories.affiliates import a_member, a_programme, buy, owner_of
from tests.factories.shops import a_published_listing
from tests.factories.social_share import a_click, a_link, a_visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing():
    return a_published_listing()


@pytest.fixture
def member(listing):
    return a_member(a_programme(shop=listing.shop))


@pytest.fixture
def link(member, listing):
    return a_link(sharer=member.owner, listing=listing)


def test_case_043_a_basket_keeps_clicks_when_the_cookie_is_lost(listing, link):
    bind_basket_touches(basket_id=77, clicks=[a_click(link)])
    _, commission = buy(listing, basket_id=77)
    assert commission is not None


def test_case_044_an_account_carries_clicks_to_another_device(listing, link):
    buyer = a_user()
    bind_user_touches(user=buyer, clicks=[a_click(link)])
    _, commission = buy(listing, user=buyer)
    assert commission is not None


def test_signing_in_keeps_the_clicks_of_the_cookie(rf: RequestFactory, client, link):
    visitor = a_visitor()
    visitor.get(f"/s/{link.code}")
    request = visitor.get("/s/none").wsgi_request
    buyer = a_user()
    login(request, buyer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert Touch.objects.get(user=buyer).link == link


def test_the_same_click_is_kept_once_however_it_arrives(listing, link):
    click, buyer = a_click(link), a_user()
    for _ in range(2):
        bind_user_touches(user=buyer, clicks=[click])
        bind_basket_touches(basket_id=5, clicks=[click])
    bind_order_touches(order_number="t-1", basket_id=5, user=buyer, clicks=[click])
    assert Touch.objects.filter(order_number="t-1").count() == 1
    assert Touch.objects.count() == 3
    assert str(Touch.objects.first())


def test_clicks_too_old_for_any_window_are_not_carried_over(link):
    buyer = a_user()
    bind_user_touches(user=buyer, clicks=[a_click(link)])
    with travel_to(now() + dt.timedelta(days=91)):
        bind_order_touches(order_number="t-2", basket_id=None, user=buyer, clicks=[])
    assert not Touch.objects.filter(order_number="t-2").exists()


def test_case_028_a_banned_affiliates_link_leads_on_and_leaves_no_touch(member, link):
    exclude_member(enrolment=member, actor=owner_of(link.shop))
    visitor = a_visitor()
    assert visitor.get(f"/s/{link.code}").status_code == 302
    bind_basket_touches(basket_id=9, clicks=[a_click(link)])
    assert link.clicks.get().klass == "human"
    assert not Touch.objects.exists()


def test_links_of_nobody_and_links_unknown_leave_no_touch(listing):
    nobodys = a_link(listing=listing)
    click = a_click(nobodys)
    unknown = touch_cookie.SignedClick(click.click_id, 0, "x", now())
    bind_basket_touches(basket_id=9, clicks=[click, unknown])
    assert not Touch.objects.exists()


def test_the_page_says_who_earns_before_anybody_buys(listing, link, member):
    click = a_click(link)
    earner = who_earns(shop=listing.shop, clicks=[click])
    assert (earner.name, earner.rate_bps) == (member.owner.name, 1_000)
    assert who_earns(shop=listing.shop, clicks=[]) is None
    stranger = a_click(a_link(listing=listing))
    assert who_earns(shop=listing.shop, clicks=[stranger]) is None
    with travel_to(now() + dt.timedelta(days=31)):
        assert who_earns(shop=listing.shop, clicks=[click]) is None
    assert who_earns(shop=a_published_listing().shop, clicks=[click]) is None


def cookie_request(rf: RequestFactory, value: str):
    request = rf.get("/")
    request.COOKIES["touches"] = value
    return request


def test_a_cookie_holds_the_last_ten_clicks_and_fits(rf: RequestFactory, link):
    touches = touch_cookie.Touches("v" * 16, ())
    clicks = [a_click(link, channel="duckduckgo") for _ in range(12)]
    for click in clicks:
        touches = touches.with_click(click)
    answer = a_visitor().get("/s/none")
    touch_cookie.write(answer, touches)
    value = answer.cookies["touches"].value
    assert len(value) < touch_cookie.LARGEST
    read = touch_cookie.read(cookie_request(rf, value))
    assert [click.click_id for click in read] == [click.click_id for click in clicks[2:]]


@pytest.mark.parametrize("change", ["cut", "other", "long", "unsigned", "format"])
def test_a_tampered_cookie_reads_as_nothing(rf: RequestFactory, link, change):
    answer = a_visitor().get("/s/none")
    touch_cookie.write(answer, touch_cookie.Touches("v", ()).with_click(a_click(link)))
    value = answer.cookies["touches"].value
    bad = {
        "cut": value[:-2],
        "other": value.replace("1.v.", "1.w."),
        "long": value + "x" * 4000,
        "unsigned": "1.v",
        "format": touch_cookie._signer().sign("2.v"),
    }[change]
    assert touch_cookie.read(cookie_request(rf, bad)) == ()


def test_touches_of_who_earns_follow_the_newest_member_first(listing, link, member):
    other = a_member(member.programme)
    later = a_click(a_link(sharer=other.owner, listing=listing), at=now() + dt.timedelta(seconds=2))
    with travel_to(now() + dt.timedelta(seconds=3)):
        earner = who_earns(shop=listing.shop, clicks=[later, a_click(link)])
    assert earner.name == other.owner.name
