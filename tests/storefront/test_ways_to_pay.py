"""How a basket may be paid: only what this market and this basket's shop really offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from creatorhub.money import Money
from creatorhub.sales.models import CashOrder, TransferReceipt
from creatorhub.sales.services.confirm_cash import deny_transfer, refuse_delivery
from creatorhub.sales.services.give_back_by_hand import say_refund_given
from creatorhub.shops.models import Listing
from tests.factories.cash import SAUDI_IBAN, a_cash_order, a_png, deliver, takes_cash
from tests.factories.sales import refund
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.storefront import a_shopper, check_out, only_checkout, put_into_basket
from tests.factories.studio import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def shopper() -> Client:
    return a_shopper()


@pytest.fixture
def mug() -> Listing:
    shop = a_shop()
    takes_cash(shop)
    return a_published_listing(shop=shop, price=24_000, stock=5)


def asks(shopper: Client, *listings: Listing) -> str:
    for listing in listings:
        put_into_basket(shopper, listing)
    return words_of(shopper.get(reverse("storefront:checkout")))


def test_one_way_is_no_question(shopper: Client) -> None:
    page = asks(shopper, a_published_listing())
    assert "How you pay" not in page
    assert 'name="pay" value="sandbox"' in page


def test_what_the_shop_offers_is_a_choice_in_words(shopper: Client, mug: Listing) -> None:
    page = asks(shopper, mug)
    assert "How you pay" in page
    assert "Have SAR 240.00 ready when it arrives" in page
    assert "We show you the shop&#x27;s account" in page


def test_two_shops_are_told_why_and_what_to_do(shopper: Client, mug: Listing) -> None:
    page = asks(shopper, mug, a_published_listing())
    assert "work for one shop at a time" in page
    assert "Choose in the basket" in page
    assert 'value="cash_on_delivery"' not in page


def test_two_shops_that_take_no_cash_are_told_nothing(shopper: Client) -> None:
    assert "one shop at a time" not in asks(shopper, a_published_listing(), a_published_listing())


def test_a_file_in_the_basket_and_a_limit_are_said(shopper: Client, mug: Listing) -> None:
    page = asks(shopper, mug, a_download_listing(shop=mug.shop, price=4_900))
    assert "is for parcels only" in page
    assert 'value="bank_transfer"' in page
    takes_cash(mug.shop, most=Money(10_000, "SAR"))
    assert "works up to SAR 100" in asks(a_shopper(), mug)


def test_cash_leads_to_the_orders_own_page(shopper: Client, mug: Listing) -> None:
    put_into_basket(shopper, mug)
    answer = check_out(shopper, pay="cash_on_delivery")
    assert answer.url == reverse("storefront:order", args=[only_checkout().token])
    page = words_of(shopper.get(answer.url))
    assert "You pay when it arrives" in page
    assert "Have SAR 240.00 ready" in page
    assert "To pay on delivery" in page
    assert "Your receipt went to" not in page


def test_a_way_switched_off_meanwhile_is_refused_in_words(shopper: Client, mug: Listing) -> None:
    put_into_basket(shopper, mug)
    page = shopper.get(reverse("storefront:checkout"))
    assert page.status_code == 200
    takes_cash(mug.shop, transfers=False)
    answer = check_out(shopper, pay="bank_transfer")
    assert answer.status_code == 422
    assert "does not take this way to pay any more" in words_of(answer)
    assert not CashOrder.objects.exists()


def test_without_a_processor_cash_is_still_taken(
    shopper: Client, mug: Listing, settings: Any
) -> None:
    settings.PAYMENT_GATEWAYS = ["cash_on_delivery"]
    page = asks(shopper, mug)
    assert 'type="hidden" name="pay" value="cash_on_delivery"' in page
    assert check_out(shopper, pay="cash_on_delivery").status_code == 302


def test_a_transfer_says_where_and_takes_the_receipt(shopper: Client, mug: Listing) -> None:
    put_into_basket(shopper, mug)
    order = check_out(shopper, pay="bank_transfer").url
    page = words_of(shopper.get(order))
    assert SAUDI_IBAN in page
    assert "SAR 240.00" in page
    address = reverse("storefront:order_receipt", args=[only_checkout().token])
    assert shopper.post(address, {}).status_code == 422
    broken = SimpleUploadedFile("receipt.png", b"no picture")
    assert "not a picture" in words_of(shopper.post(address, {"picture": broken}))
    picture = SimpleUploadedFile("receipt.png", a_png())
    answer = shopper.post(address, {"picture": picture, "note": "Sara"})
    assert answer.headers["location"] == order
    receipt = TransferReceipt.objects.get()
    assert str(receipt.picture.name).endswith(".webp"), "drawn anew"
    assert "The shop looks at its account" in words_of(shopper.get(order))


def test_a_transfer_that_was_not_found_can_be_answered(shopper: Client, mug: Listing) -> None:
    cash = a_cash_order(mug, gateway="bank_transfer")
    token = cash.checkout.token
    address = reverse("storefront:order_receipt", args=[token])
    shopper.post(address, {"note": "Paid"})
    deny_transfer(cash=cash, note="Nothing here")
    page = words_of(shopper.get(reverse("storefront:order", args=[token])))
    assert "Nothing here" in page
    shopper.post(address, {"note": "My bank says it left"})
    cash.refresh_from_db()
    assert cash.is_escalated


def test_an_order_that_was_not_taken_says_that_nothing_is_owed(
    shopper: Client, mug: Listing
) -> None:
    cash = a_cash_order(mug)
    refuse_delivery(cash=cash, reason_code="delivery_refused")
    page = words_of(shopper.get(reverse("storefront:order", args=[cash.checkout.token])))
    assert "You paid nothing and owe nothing" in page


def test_the_buyer_contests_what_did_not_come(shopper: Client, mug: Listing) -> None:
    cash = a_cash_order(mug)
    given = refund(deliver(cash))
    order = reverse("storefront:order", args=[cash.checkout.token])
    assert "gives you SAR 240.00 back itself" in words_of(shopper.get(order))
    say_refund_given(refund=given, how="In cash", actor=None)
    assert "It did not reach me" in words_of(shopper.get(order))
    address = reverse("storefront:order_not_received", args=[cash.checkout.token, given.pk])
    assert "In cash" in words_of(shopper.get(address))
    answer = shopper.post(address, {"note": "Nobody came"})
    assert answer.headers["location"] == order
    assert "Our team looks at it" in words_of(shopper.get(order))
    other = a_cash_order(mug)
    foreign = reverse("storefront:order_not_received", args=[other.checkout.token, given.pk])
    assert shopper.get(foreign).status_code == 404
