"""Putting things into a basket, changing how many, taking them out."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from oscar.apps.basket.models import Line

from creatorhub.shops.services.write_listing import archive_listing
from tests.factories.accounts import a_user
from tests.factories.shops import a_published_listing
from tests.factories.storefront import a_shopper, open_baskets, put_into_basket

pytestmark = pytest.mark.django_db
COOKIE = settings.OSCAR_BASKET_COOKIE_OPEN


def change(shopper: Client, **wish: object) -> None:
    answer = shopper.post(reverse("storefront:basket_change"), wish)
    assert answer.url == reverse("storefront:basket")


def only_line() -> Line:
    return Line.objects.get()


def test_a_guests_basket_is_found_again_by_a_cookie_no_script_can_read() -> None:
    shopper = a_shopper()
    put_into_basket(shopper, a_published_listing())
    assert shopper.cookies[COOKIE]["httponly"]
    assert shopper.cookies[COOKIE]["samesite"] == "Lax"
    put_into_basket(shopper, a_published_listing(shop=only_line().product.variant.listing.shop))
    assert len(open_baskets()) == 1
    assert Line.objects.count() == 2


def test_looking_around_sets_no_cookie_and_makes_no_basket() -> None:
    shopper = a_shopper()
    shopper.get(reverse("storefront:basket"))
    assert COOKIE not in shopper.cookies
    assert open_baskets() == []


def test_adding_again_adds_up_but_buying_now_twice_buys_one() -> None:
    shopper, listing = a_shopper(), a_published_listing(stock=9)
    put_into_basket(shopper, listing, go="checkout")
    put_into_basket(shopper, listing, go="checkout")
    assert only_line().quantity == 1
    put_into_basket(shopper, listing, quantity=3)
    assert only_line().quantity == 4


def test_buying_now_leads_to_the_one_page_and_adding_to_the_basket() -> None:
    shopper, listing = a_shopper(), a_published_listing()
    assert put_into_basket(shopper, listing, go="checkout").url == reverse("storefront:checkout")
    assert put_into_basket(shopper, listing).url == reverse("storefront:basket")


def test_nobody_takes_more_than_is_left() -> None:
    shopper, listing = a_shopper(), a_published_listing(stock=2)
    answer = put_into_basket(shopper, listing, quantity=3)
    assert answer.url == listing.get_absolute_url()
    assert not Line.objects.exists()
    put_into_basket(shopper, listing, quantity=2)
    change(shopper, line=only_line().pk, quantity=3)
    assert only_line().quantity == 2


def test_a_quantity_changes_and_none_takes_the_line_out() -> None:
    shopper = a_shopper()
    put_into_basket(shopper, a_published_listing(stock=9))
    change(shopper, line=only_line().pk, quantity=5)
    assert only_line().quantity == 5
    change(shopper, line=only_line().pk, quantity=0)
    assert not Line.objects.exists()


@pytest.mark.parametrize("wish", [{}, {"line": "x"}, {"line": 1, "quantity": -3}, {"use": "a"}])
def test_nonsense_changes_nothing(wish: dict[str, object]) -> None:
    shopper = a_shopper()
    put_into_basket(shopper, a_published_listing())
    change(shopper, **wish)
    assert only_line().quantity == 1


def test_somebody_elses_line_is_not_found() -> None:
    put_into_basket(a_shopper(), a_published_listing(stock=9))
    stranger = a_shopper()
    put_into_basket(stranger, a_published_listing())
    theirs = Line.objects.earliest("pk")
    change(stranger, line=theirs.pk, quantity=7)
    theirs.refresh_from_db()
    assert theirs.quantity == 1


def test_a_forged_cookie_opens_nobodys_basket() -> None:
    put_into_basket(a_shopper(), a_published_listing())
    thief = a_shopper()
    thief.cookies[COOKIE] = str(open_baskets()[0].pk)
    put_into_basket(thief, a_published_listing())
    assert len(open_baskets()) == 2


def test_what_is_not_for_sale_cannot_be_put_in() -> None:
    listing = a_published_listing()
    archive_listing(listing=listing)
    put_into_basket(a_shopper(), listing)
    assert not Line.objects.exists()


def test_a_basket_filled_before_signing_in_belongs_to_the_account_afterwards() -> None:
    shopper, listing, user = a_shopper(), a_published_listing(stock=9), a_user()
    put_into_basket(shopper, listing, quantity=2)
    shopper.force_login(user)
    shopper.get(reverse("storefront:basket"))
    (basket,) = open_baskets()
    assert basket.owner == user


def test_two_baskets_of_one_person_become_one() -> None:
    user, listing = a_user(), a_published_listing(stock=9)
    at_home = a_shopper()
    at_home.force_login(user)
    put_into_basket(at_home, listing)
    on_the_way = a_shopper()
    put_into_basket(on_the_way, a_published_listing(shop=listing.shop))
    on_the_way.force_login(user)
    on_the_way.get(reverse("storefront:basket"))
    (basket,) = open_baskets()
    assert basket.lines.count() == 2
