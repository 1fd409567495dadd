"""One basket holds one currency; a second basket is offered, never a silent conversion."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from creatorhub.shops.models import Listing
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.storefront import a_shopper, basket_of, open_baskets, put_into_basket

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_riyals() -> Listing:
    return a_published_listing(shop=a_shop(currency="SAR"))


@pytest.fixture
def in_dollars() -> Listing:
    return a_published_listing(shop=a_shop(currency="USD", country="US"))


@pytest.fixture
def shopper(in_riyals: Listing) -> Client:
    somebody = a_shopper()
    put_into_basket(somebody, in_riyals)
    return somebody


def test_another_currency_is_a_question_and_changes_nothing(
    shopper: Client, in_dollars: Listing
) -> None:
    answer = put_into_basket(shopper, in_dollars)
    assert answer.status_code == 422
    assert 'name="second"' in answer.content.decode()
    assert basket_of(shopper).currency == "SAR"
    assert len(open_baskets()) == 1


def test_saying_yes_starts_a_second_basket_and_keeps_the_first(
    shopper: Client, in_dollars: Listing
) -> None:
    put_into_basket(shopper, in_dollars, second="on")
    assert basket_of(shopper).currency == "USD"
    assert len(open_baskets()) == 2


def test_one_can_go_back_to_the_other_basket(shopper: Client, in_dollars: Listing) -> None:
    put_into_basket(shopper, in_dollars, second="on")
    riyals = open_baskets()[0]
    shopper.post(reverse("storefront:basket_change"), {"use": riyals.pk})
    assert basket_of(shopper).currency == "SAR"


def test_the_next_thing_finds_the_basket_of_its_currency_by_itself(
    shopper: Client, in_riyals: Listing, in_dollars: Listing
) -> None:
    put_into_basket(shopper, in_dollars, second="on")
    put_into_basket(shopper, a_published_listing(shop=in_riyals.shop))
    page = basket_of(shopper)
    assert page.currency == "SAR"
    assert page.items == 2


def test_nobody_switches_to_a_basket_of_somebody_else(shopper: Client, in_dollars: Listing) -> None:
    put_into_basket(a_shopper(), in_dollars)
    theirs = open_baskets()[-1]
    shopper.post(reverse("storefront:basket_change"), {"use": theirs.pk})
    assert basket_of(shopper).currency == "SAR"
