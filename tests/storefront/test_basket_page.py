"""A basket as its owner reads it: by shop, with shipping, and what changed meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from creatorhub.money import Money
from creatorhub.shops.models import Listing
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from creatorhub.shops.services.write_listing import archive_listing
from tests.factories.shops import a_download_listing, a_published_listing, a_shop, money
from tests.factories.storefront import a_shopper, basket_of, put_into_basket

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper() -> Client:
    return a_shopper()


def a_shop_that_sends(*, flat: int = 2_000, free_above: int | None = None) -> Listing:
    shop = a_shop()
    shop.shipping_flat_minor, shop.shipping_free_above_minor = flat, free_above
    shop.save()
    return a_published_listing(shop=shop, price=10_000, stock=9)


def restock(listing: Listing, *, stock: int, price: int = 10_000) -> None:
    only = VariantDraft(price=money(price, listing.shop), stock=stock, pk=listing.variants.get().pk)
    set_variants(listing=listing, variants=[only])


def tidy(shopper: Client) -> str:
    return str(shopper.post(reverse("storefront:basket_change"), {"tidy": "on"}).url)


def test_an_empty_basket_leads_on(shopper: Client) -> None:
    assert "Your basket is empty" in shopper.get("/en/basket/").content.decode()


def test_each_shop_asks_for_its_own_shipping(shopper: Client) -> None:
    for listing in (a_shop_that_sends(flat=2_000), a_shop_that_sends(flat=1_500)):
        put_into_basket(shopper, listing)
    page = basket_of(shopper)
    assert [part.shipping for part in page.parts] == [Money(2_000, "SAR"), Money(1_500, "SAR")]
    assert page.total == Money(23_500, "SAR")


def test_how_much_is_missing_for_free_shipping_is_said(shopper: Client) -> None:
    listing = a_shop_that_sends(free_above=25_000)
    put_into_basket(shopper, listing)
    assert basket_of(shopper).parts[0].until_free_shipping == Money(15_000, "SAR")
    put_into_basket(shopper, listing, quantity=2)
    page = basket_of(shopper)
    assert page.parts[0].until_free_shipping is None
    assert page.total == Money(30_000, "SAR")


def test_files_need_no_shipping_and_nobody_needs_one_twice(shopper: Client) -> None:
    listing = a_download_listing(price=4_900)
    put_into_basket(shopper, listing)
    put_into_basket(shopper, listing, quantity=5)
    page = basket_of(shopper)
    assert not page.sends_parcels
    assert page.total == Money(4_900, "SAR")


def test_more_lines_cost_no_more_queries(shopper: Client) -> None:
    shop = a_shop()
    put_into_basket(shopper, a_published_listing(shop=shop))
    basket_of(shopper)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            basket_of(shopper)
        return len(seen)

    few = queries()
    for _number in range(3):
        put_into_basket(shopper, a_published_listing(shop=shop))
    basket_of(shopper)  # The messages of adding are shown, and forgotten.
    assert queries() == few


@pytest.mark.parametrize(
    ("stock", "price", "problem"),
    [(0, 10_000, "sold_out"), (1, 10_000, "fewer"), (9, 12_000, "dearer"), (9, 8_000, "cheaper")],
)
def test_what_changed_is_marked_and_checking_out_waits(
    shopper: Client, stock: int, price: int, problem: str
) -> None:
    listing = a_shop_that_sends()
    put_into_basket(shopper, listing, quantity=2)
    restock(listing, stock=stock, price=price)
    (line,) = basket_of(shopper).lines
    assert line.problem == problem
    assert shopper.get(reverse("storefront:checkout")).url == reverse("storefront:basket")


def test_going_on_with_what_is_left_brings_everything_up_to_date(shopper: Client) -> None:
    gone, scarce, dear = (a_shop_that_sends() for _number in range(3))
    for listing in (gone, scarce, dear):
        put_into_basket(shopper, listing, quantity=3)
    archive_listing(listing=gone)
    restock(scarce, stock=1)
    restock(dear, stock=9, price=12_000)
    assert tidy(shopper) == reverse("storefront:checkout")
    page = basket_of(shopper)
    assert page.problems == []
    assert [(line.quantity, line.price.minor) for line in page.lines] == [(1, 10_000), (3, 12_000)]


def test_a_visitor_without_a_basket_has_nothing_to_bring_up_to_date(shopper: Client) -> None:
    assert tidy(shopper) == reverse("storefront:basket")


def test_baskets_are_kept_from_caches_and_robots(shopper: Client) -> None:
    answer = shopper.get("/en/basket/")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.content.decode()
