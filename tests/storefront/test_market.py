"""The front page, browsing, searching, and how one can earn."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creatorhub.shops.models import Listing
from tests.factories.sales import an_affiliate
from tests.factories.shops import a_download_listing, a_published_listing, a_shop, with_picture
from tests.factories.storefront import a_post, a_shopper

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper() -> Client:
    return a_shopper()


def found_by(shopper: Client, **wish: str) -> Any:
    return shopper.get("/en/search/", wish).context["found"]


def titles_of(found: Any) -> list[str]:
    return [card.title for card in found.cards]


def queries_of(shopper: Client, url: str) -> int:
    shopper.get(url)  # What the first visit writes once (a link to share) is no part of it.
    with CaptureQueriesContext(
        connection,
    ) as queries:
        shopper.get(url)
    return len(queries)


def test_an_empty_market_invites_the_first_shop(shopper: Client) -> None:
    assert "Yours could be the first shop" in shopper.get("/en/").content.decode()


def test_the_front_page_shows_products_shops_and_posts(shopper: Client) -> None:
    listing = with_picture(a_published_listing(title="Teapot"))
    a_post(shop=listing.shop, title="A quiet morning", listing=listing)
    page = shopper.get("/en/").content.decode()
    for words in ("Teapot", listing.shop.name, "A quiet morning", "/en/earn/"):
        assert words in page


def test_a_closed_shop_disappears_from_the_front_page(shopper: Client) -> None:
    listing = a_published_listing(title="Teapot")
    a_post(shop=listing.shop, title="A quiet morning")
    listing.shop.state = "closed"
    listing.shop.save()
    page = shopper.get("/en/").content.decode()
    assert "Teapot" not in page
    assert "A quiet morning" not in page


@pytest.mark.parametrize("url", ["/en/", "/en/search/", "/en/search/?order=price"])
def test_more_products_cost_no_more_queries(shopper: Client, url: str) -> None:
    shop = a_shop()
    with_picture(a_published_listing(shop=shop))
    few = queries_of(shopper, url)
    for _number in range(4):
        with_picture(a_published_listing(shop=shop))
    assert queries_of(shopper, url) == few


def test_browsing_narrows_by_way_kind_and_tag(shopper: Client) -> None:
    shop = a_shop()
    a_published_listing(shop=shop, title="Teapot", kind="Pottery", tags=["blue"])
    a_download_listing(shop=shop, title="Planner", kind="Planner")
    assert titles_of(found_by(shopper, way="downloads")) == ["Planner"]
    assert titles_of(found_by(shopper, kind="Pottery")) == ["Teapot"]
    assert titles_of(found_by(shopper, kind="blue")) == ["Teapot"]
    assert found_by(shopper).kinds == ["Planner", "Pottery"]


def test_the_lowest_price_comes_first_within_one_currency(shopper: Client) -> None:
    shop = a_shop(currency="SAR")
    a_published_listing(shop=shop, title="Dear", price=9_000)
    a_published_listing(shop=shop, title="Cheap", price=1_000)
    a_published_listing(shop=a_shop(currency="USD", country="US"), title="Elsewhere", price=500)
    found = found_by(shopper, order="price")
    assert found.currency == "SAR"
    assert titles_of(found) == ["Cheap", "Dear"]
    assert titles_of(found_by(shopper, order="price", currency="usd")) == ["Elsewhere"]


def test_the_list_comes_to_an_end(shopper: Client) -> None:
    shop = a_shop()
    for _number in range(25):
        a_published_listing(shop=shop)
    first = shopper.get("/en/search/")
    assert len(first.context["found"].cards) == 24
    assert "page=2" in first.content.decode()
    last = shopper.get("/en/search/", {"page": "99"})
    assert len(last.context["found"].cards) == 1
    assert "You have reached the end" in last.content.decode()


@pytest.mark.parametrize(
    "wish",
    [{"page": "x"}, {"page": "-1"}, {"order": "random"}, {"way": "nothing"}, {"q": "x" * 500}],
)
def test_nonsense_in_the_address_is_no_error(shopper: Client, wish: dict[str, str]) -> None:
    a_published_listing()
    assert shopper.get("/en/search/", wish).status_code == 200


def test_searching_finds_in_arabic_and_says_what_was_asked(shopper: Client) -> None:
    a_published_listing(title="حقيبة كتّان مطرّزة", language="ar")
    a_published_listing(title="Teapot")
    answer = shopper.get("/ar/search/", {"q": "حقيبه"})
    assert titles_of(answer.context["found"]) == ["حقيبة كتّان مطرّزة"]
    assert "حقيبه" in answer.content.decode()


def test_a_shop_is_found_by_its_name_and_its_handle(shopper: Client) -> None:
    shop = a_shop(name="Fern & Clay", handle="fern.clay")
    for query in ("clay", "@fern"):
        cards = shopper.get("/en/search/", {"q": query}).context["shops"]
        assert [card.shop for card in cards] == [shop]
    assert shopper.get("/en/search/", {"q": "c"}).context["shops"] == []


def test_nothing_found_has_a_next_step(shopper: Client) -> None:
    page = shopper.get("/en/search/", {"q": "zzzzqqq"}).content.decode()
    assert "Nothing matches" in page
    assert "See everything" in page
    assert "noindex" in page


@pytest.fixture
def examples() -> dict[str, Listing]:
    goods = with_picture(a_published_listing(title="Teapot"))
    files = with_picture(a_download_listing(title="Planner"))
    an_affiliate(goods.shop, rate_bps=2500)
    return {"goods": goods, "files": files}


def test_each_way_to_earn_has_an_example_and_a_first_step(
    shopper: Client, examples: dict[str, Listing]
) -> None:
    answer = shopper.get("/en/earn/")
    cards = {card.key: card for card in answer.context["cards"]}
    assert list(cards) == ["own_products", "own_shop", "downloads", "commission"]
    assert cards["own_products"].listing.title == "Teapot"
    assert cards["downloads"].listing.title == "Planner"
    assert cards["own_shop"].shop is not None
    assert cards["commission"].programme.shop == examples["goods"].shop
    page = answer.content.decode()
    for words in ("/en/studio/shop/open/", "/en/studio/shop/products/new/", "25%", "10%"):
        assert words in page


def test_ways_without_an_example_are_still_explained(shopper: Client) -> None:
    answer = shopper.get("/en/earn/")
    assert len(answer.context["cards"]) == 4
