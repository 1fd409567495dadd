"""A shop at its handle, its posts, and what is left when it is away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creatorhub.foundation.clock import now
from creatorhub.shops.models import HandleHistory, Shop
from tests.factories.sales import an_affiliate
from tests.factories.shops import a_published_listing, a_shop, with_picture
from tests.factories.storefront import a_post, a_shopper

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return a_shop(name="Fern & Clay", handle="fern.clay", tagline="Small pots")


@pytest.fixture
def visitor() -> Client:
    return a_shopper()


def test_one_address_shows_who_sells_what_and_what_they_write(visitor: Client, shop: Shop) -> None:
    a_published_listing(shop=shop, title="Teapot")
    a_post(shop=shop, title="A quiet morning")
    page = visitor.get("/en/@fern.clay/").content.decode()
    for words in ("Fern &amp; Clay", "@fern.clay", "Small pots", "Teapot", "A quiet morning"):
        assert words in page


def test_a_handle_is_found_however_it_is_typed(visitor: Client, shop: Shop) -> None:
    assert visitor.get("/en/@Fern.Clay/").status_code == 200


def test_more_products_and_posts_cost_no_more_queries(visitor: Client, shop: Shop) -> None:
    def queries() -> int:
        visitor.get("/en/@fern.clay/")
        with CaptureQueriesContext(connection) as seen:
            visitor.get("/en/@fern.clay/")
        return len(seen)

    a_post(shop=shop, listing=with_picture(a_published_listing(shop=shop)))
    few = queries()
    for number in range(3):
        listing = with_picture(a_published_listing(shop=shop))
        a_post(shop=shop, title=f"Post {number}", listing=listing)
    assert queries() == few


def test_an_open_programme_is_offered_to_everybody(visitor: Client, shop: Shop) -> None:
    an_affiliate(shop, rate_bps=1500)
    assert "15%" in visitor.get("/en/@fern.clay/").content.decode()


def test_a_new_shop_says_that_there_is_nothing_yet(visitor: Client, shop: Shop) -> None:
    assert "Nothing for sale yet" in visitor.get("/en/@fern.clay/").content.decode()


@pytest.mark.parametrize("why", ["closed", "taken down"])
@pytest.mark.parametrize("path", ["", "posts/a-quiet-morning/", "teapot/"])
def test_a_shop_that_is_away_says_so_and_leads_on(
    visitor: Client, shop: Shop, why: str, path: str
) -> None:
    a_published_listing(shop=shop, title="Teapot")
    a_post(shop=shop)
    away = {"state": "closed"} if why == "closed" else {"taken_down_at": now()}
    Shop.objects.filter(pk=shop.pk).update(**away)
    answer = visitor.get(f"/en/@fern.clay/{path}")
    assert answer.status_code == 410
    assert "This shop is not open" in answer.content.decode()
    assert "Teapot" not in answer.content.decode()


@pytest.mark.parametrize("path", ["", "posts/a-quiet-morning/", "teapot/"])
def test_an_old_handle_leads_to_the_new_one(visitor: Client, shop: Shop, path: str) -> None:
    HandleHistory.objects.create(
        handle="old.fern",
        handle_skeleton="old.fern",
        shop=shop,
        reserved_until=now() + dt.timedelta(days=1),
    )
    assert visitor.get(f"/en/@old.fern/{path}").url == f"/en/@fern.clay/{path}"


def test_a_handle_nobody_had_is_not_found(visitor: Client) -> None:
    assert visitor.get("/en/@nobody/").status_code == 404


def test_one_can_buy_from_a_post(visitor: Client, shop: Shop) -> None:
    listing = a_published_listing(shop=shop, title="Teapot")
    post = a_post(shop=shop, listing=listing)
    page = visitor.get(f"/en/@fern.clay/posts/{post.slug}/").content.decode()
    assert "Coffee first." in page
    assert "/en/@fern.clay/teapot/" in page
    assert "Buy this" in page


def test_a_post_outlives_what_it_showed(visitor: Client, shop: Shop) -> None:
    listing = a_published_listing(shop=shop, title="Teapot")
    post = a_post(shop=shop, listing=listing)
    listing.state = "archived"
    listing.save()
    page = visitor.get(f"/en/@fern.clay/posts/{post.slug}/").content.decode()
    assert "Coffee first." in page
    assert "Buy this" not in page


def test_a_post_that_is_not_live_is_not_found(visitor: Client, shop: Shop) -> None:
    post = a_post(shop=shop, is_live=False)
    assert visitor.get(f"/en/@fern.clay/posts/{post.slug}/").status_code == 404
