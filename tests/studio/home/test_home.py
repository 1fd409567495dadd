"""The first page says what to do next, and tells the truth about how it goes."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.money import Money
from creatorhub.studio.home.figures import bars, figures
from creatorhub.studio.home.next_actions import first_steps, next_actions
from creatorhub.studio.home.selectors import period
from tests.factories.accounts import a_user
from tests.factories.sales import a_click, a_sale, an_affiliate, send
from tests.factories.shops import a_listing, a_published_listing, a_shop
from tests.factories.studio import signed_in, words_of

pytestmark = pytest.mark.django_db

HOME = "/en/studio/"


def test_a_person_without_a_shop_chooses_how_to_begin() -> None:
    page = words_of(signed_in(a_user(name="Huda")).get(HOME))

    assert "Welcome, <bdi>Huda</bdi>" in page
    assert "Open a shop" in page
    assert "Share and earn" in page


def test_a_visitor_signs_in_and_comes_back() -> None:
    from_nobody = signed_in(a_user())
    from_nobody.logout()

    assert from_nobody.get(HOME).headers["Location"] == f"/en/account/login/?next={HOME}"


def test_a_new_shop_sees_its_first_steps_with_what_is_done() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    a_listing(shop=shop)

    done = [step.is_done for step in first_steps(shop=shop)]

    assert done == [True, True, False, False, False, False]
    assert "Your first sale, step by step" in words_of(signed_in(owner).get(HOME))


def test_orders_to_send_come_first_with_their_promise_and_leave_when_sent() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    a_listing(shop=shop)
    sale = a_sale(a_published_listing(shop=shop))

    first = next_actions(shop=shop)[0]
    assert (first.title, first.tone) == ("1 order to send", "now")
    assert "promised for" in first.note
    with travel_to(now() + dt.timedelta(days=9)):
        assert "late" in next_actions(shop=shop)[0].note

    send(sale)
    titles = [action.title for action in next_actions(shop=shop)]
    assert titles == ["1 draft to publish", "Let others sell for you"]


def test_the_programme_is_suggested_until_it_is_open() -> None:
    shop = a_shop()
    a_published_listing(shop=shop)
    assert "Let others sell for you" in [action.title for action in next_actions(shop=shop)]

    an_affiliate(shop)

    assert next_actions(shop=shop) == []


def test_a_period_counts_its_own_days_and_compares_with_those_before() -> None:
    shop = a_shop()
    listing = a_published_listing(shop=shop, price=10_000, stock=20)
    with travel_to(now() - dt.timedelta(days=10)):
        a_sale(listing)
    a_sale((listing, 2))
    a_sale(a_published_listing(price=99_900))

    week = period(shop=shop, days=7)

    assert (week.orders, week.orders_before, week.items, week.items_before) == (1, 1, 2, 1)
    assert (week.sold, week.sold_before) == (Money(20_000, "SAR"), Money(10_000, "SAR"))
    assert week.yours == Money(18_000, "SAR")
    assert week.days[-1].sold == week.sold
    assert [figure.delta for figure in figures(week)] == ["100%", "0%", "100%", "100%"]


def test_sources_and_best_products_follow_the_money() -> None:
    shop = a_shop()
    pen = a_published_listing(shop=shop, price=10_000, title="Pen")
    mug = a_published_listing(shop=shop, price=30_000, title="Mug")
    affiliate = an_affiliate(shop)
    a_sale(pen)
    a_sale(mug, clicks=[a_click(affiliate, mug)])

    month = period(shop=shop, days=30)

    assert [best.listing.title for best in month.best] == ["Mug", "Pen"]
    assert [bar.percent for bar in bars(month)] == [75, 25]
    assert bars(month)[1].label == "People who came by themselves"


def test_the_page_of_a_selling_shop_shows_orders_chart_and_money() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    sale = a_sale(a_published_listing(shop=shop, price=10_000))

    for days in ("7", "90", "nonsense"):
        page = words_of(signed_in(owner).get(f"{HOME}?days={days}"))
        assert sale.order.number in page
        assert "Show the figures as a table" in page
        assert "SAR 90.00" in page


def test_another_shops_handle_in_the_address_changes_nothing() -> None:
    owner = a_user()
    a_shop(owner=owner, name="Mine")
    other = a_shop(name="Theirs")

    page = words_of(signed_in(owner).get(f"{HOME}?shop={other.handle}"))

    assert "Mine" in page
    assert "Theirs" not in page
