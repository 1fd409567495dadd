"""What an affiliate sees of clicks, sales and money, and what a shop sees of its programme."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from creatorhub.affiliates.models import Enrolment, Programme
from creatorhub.affiliates.performance import performance_of
from creatorhub.affiliates.services import leave_programme
from creatorhub.foundation.clock import now, travel_to
from creatorhub.money import Money
from creatorhub.social_share.models import Click
from creatorhub.studio.affiliate.kpis import kpis_of
from creatorhub.studio.affiliate.offers import parts_of_hundred
from creatorhub.studio.affiliate.selectors import affiliate_home
from tests.factories.accounts import a_user
from tests.factories.affiliates import (
    a_member,
    a_programme,
    an_order_line,
    buy,
    owner_of,
    signed_in,
)
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.social_share import FACEBOOK_PREVIEW, a_click, a_link, a_visitor

pytestmark = pytest.mark.django_db

HOME = "studio:affiliate_home"


def english(name: str, args: list[object] | None = None) -> str:
    """The English address of a page, whatever language the last answer left active."""
    with override("en"):
        return reverse(name, args=args)


@pytest.fixture(autouse=True)
def _in_english_with_an_empty_cache():
    cache.clear()
    with override("en"):
        yield


@pytest.fixture
def member():
    return a_member(a_programme())


@pytest.fixture
def listing(member):
    return a_published_listing(shop=member.programme.shop, title="Olive lamp")


@pytest.fixture
def link(member, listing):
    return a_link(sharer=member.owner, listing=listing)


def figures(member, days: int = 30):
    return performance_of(party=member.owner, days=days, currency="SAR")


def test_a_newcomer_is_told_where_to_begin():
    page = signed_in(a_user()).get(english(HOME)).text
    assert english("studio:discover") in page


def test_a_click_and_a_sale_are_counted_where_they_belong(member, link, listing):
    visitor = a_visitor()
    visitor.get(f"/s/{link.code}-wa")
    a_visitor(FACEBOOK_PREVIEW).get(f"/s/{link.code}-fb")
    line, commission = buy(listing, a_click(link, channel="whatsapp"))
    found = figures(member)
    assert (found.now.total_clicks, found.now.total_orders) == (1, 1)
    assert found.now.earned == commission.amount
    assert [(share.source, share.percent) for share in found.networks] == [("whatsapp", 100)]
    page = signed_in(member.owner).get(english(HOME)).text
    for words in ("Olive lamp", "SAR\xa010.00", "WhatsApp", "100%"):
        assert words in page
    assert line.title in page


def test_two_lines_of_one_order_are_one_sale(member, link, listing):
    line, _ = buy(listing, a_click(link))
    buy(listing, line=an_order_line(listing, order=line.order))
    found = figures(member).now
    assert (found.total_orders, found.commissions) == (1, 2)
    assert found.average == Money(2_000, "SAR")


def test_the_period_before_is_counted_apart(member, link, listing):
    with travel_to(now() - dt.timedelta(days=40)):
        Enrolment.objects.update(joined_at=now() - dt.timedelta(days=1))
        buy(listing, a_click(link))
    buy(listing, a_click(link))
    buy(listing, a_click(link))
    found = figures(member)
    assert (found.now.total_orders, found.before.total_orders) == (2, 1)
    assert len(found.now.orders) == len(found.before.orders) == 30
    sales = next(kpi for kpi in kpis_of(found) if kpi.label == "Sales")
    assert (sales.delta, sales.trend) == ("1", "up")


def test_another_currency_is_another_view(member, link, listing):
    other = a_published_listing(shop=a_shop(currency="KWD"), price=1_000)
    second = a_member(a_programme(shop=other.shop), user=member.owner.user)
    click = a_click(a_link(sharer=second.owner, listing=other))
    buy(other, click, base=Money(10_000, "KWD"), fee=Money(1_000, "KWD"))
    buy(listing, a_click(link))
    home = affiliate_home(user=member.owner.user, days="7", currency="KWD")
    assert (home.days, home.currency, set(home.currencies)) == (7, "KWD", {"KWD", "SAR"})
    assert home.performance.now.total_orders == 1
    assert home.coming_total == Money(1_000, "KWD")
    strange = affiliate_home(user=member.owner.user, days="8", currency="XXX")
    assert (strange.days, strange.currency in home.currencies) == (30, True)


def test_who_left_still_sees_what_was_earned(member, link, listing):
    buy(listing, a_click(link))
    leave_programme(enrolment=member)
    page = signed_in(member.owner).get(english(HOME)).text
    assert "SAR\xa010.00" in page


def test_a_link_tells_every_hit_by_class_and_why_a_sale_was_credited(member, link, listing):
    a_visitor().get(f"/s/{link.code}")
    a_visitor("curl/8").get(f"/s/{link.code}")
    buy(listing, a_click(link))
    client = signed_in(member.owner)
    page = client.get(english("studio:link", args=[link.code.lower()])).text
    assert {"human", "bot"} == set(Click.objects.values_list("klass", flat=True))
    assert "Robots and scripts." in page
    assert "was credited" in page
    assert "Olive lamp" in client.get(english("studio:links")).text


def test_a_link_is_switched_off_and_on_by_its_owner_alone(member, link):
    address = english("studio:link_switch", args=[link.code])
    assert signed_in(a_user()).post(address).status_code == 404
    client = signed_in(member.owner)
    for is_off in (True, False):
        client.post(address)
        link.refresh_from_db()
        assert (link.disabled_at is not None) is is_off
        assert client.get(english("studio:link", args=[link.code])).status_code == 200


def programme_form(**changes: object) -> dict[str, object]:
    return {"rate": "12.5", "window_days": "30", "state": "open"} | changes


def test_a_shop_opens_its_programme_and_sees_what_100_becomes():
    shop = a_shop()
    client = signed_in(owner_of(shop))
    assert client.get(english("studio:programme")).status_code == 200
    client.post(english("studio:programme"), programme_form())
    programme = Programme.objects.get(shop=shop)
    assert (programme.rate_bps, programme.state) == (1_250, "open")
    page = client.get(english("studio:programme")).text
    assert "SAR\xa077.50" in page
    client.post(english("studio:programme"), programme_form(state="paused"))
    programme.refresh_from_db()
    assert programme.state == "paused"


@pytest.mark.parametrize("rate", ["90.01", "0", "-1", "abc", "", "1e9", "12.345"])
def test_case_079_a_rate_that_cannot_be_paid_is_refused_and_kept_in_the_field(rate):
    shop = a_shop()
    answer = signed_in(owner_of(shop)).post(english("studio:programme"), programme_form(rate=rate))
    assert answer.status_code == 200
    assert f'value="{rate}"' in answer.text or not rate
    assert 'aria-invalid="true"' in answer.text
    assert not Programme.objects.exists()


def test_parts_of_100_never_leave_the_shop_less_than_nothing():
    parts = parts_of_hundred("KWD", 99_999)
    assert (parts.price, parts.shop) == (Money(100_000, "KWD"), Money.zero("KWD"))


def test_excluding_asks_first_and_keeps_what_was_earned(member, link, listing):
    _, commission = buy(listing, a_click(link))
    address = english("studio:member_exclude", args=[member.pk])
    client = signed_in(owner_of(listing.shop))
    assert member.owner.name in client.get(address).text
    member.refresh_from_db()
    assert member.state == "approved"
    client.post(address)
    member.refresh_from_db()
    commission.refresh_from_db()
    assert (member.state, commission.state) == ("banned", "pending")
    assert "Excluded" in client.get(english("studio:programme")).text
