"""An order behind its token: waiting, paid, sent, given back; correcting the address."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from creatorhub.foundation.clock import let_time_pass
from creatorhub.outbox.models import OutboxMessage
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.expire_attempts import expire_due_attempts
from tests.factories.sales import (
    an_affiliate,
    an_order,
    attempt_of,
    pay,
    refund,
    send,
    the_buyer_pays,
)
from tests.factories.shops import a_download_listing, a_published_listing
from tests.factories.storefront import a_shopper, basket_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def checkout() -> Checkout:
    return an_order(a_published_listing(title="Teapot"))


@pytest.fixture
def buyer() -> Client:
    return a_shopper()


def order_url(checkout: Checkout) -> str:
    return f"/en/orders/{checkout.token}/"


def words_of(buyer: Client, checkout: Checkout) -> str:
    return str(buyer.get(order_url(checkout)).content.decode())


def test_coming_back_paid_completes_the_order_and_shows_it(
    buyer: Client, checkout: Checkout
) -> None:
    the_buyer_pays(checkout)
    answer = buyer.get(f"{order_url(checkout)}return/")
    assert answer.url == order_url(checkout)
    assert "Thank you" in words_of(buyer, checkout)


def test_coming_back_before_the_provider_knows_waits_and_looks_again(
    buyer: Client, checkout: Checkout
) -> None:
    page = buyer.get(f"{order_url(checkout)}return/").content.decode()
    assert 'http-equiv="refresh"' in page
    assert "Waiting for the payment provider" in page


def test_walking_away_offers_the_same_payment_page_again(buyer: Client, checkout: Checkout) -> None:
    page = words_of(buyer, checkout)
    assert "Not paid yet" in page
    assert 'http-equiv="refresh"' not in page
    again = buyer.post(f"{order_url(checkout)}return/")
    assert again.url == attempt_of(checkout).page_url


def test_an_order_that_ended_unpaid_fills_a_new_basket(buyer: Client, checkout: Checkout) -> None:
    let_time_pass(days=1)
    expire_due_attempts()
    assert "Nothing was paid" in words_of(buyer, checkout)
    again = buyer.post(f"{order_url(checkout)}return/")
    assert again.url == reverse("storefront:basket")
    page = basket_of(buyer)
    assert [line.listing.title for line in page.lines] == ["Teapot"]


def test_a_paid_order_cannot_be_filled_in_again(buyer: Client, checkout: Checkout) -> None:
    pay(checkout)
    assert buyer.post(f"{order_url(checkout)}return/").url == order_url(checkout)


def test_the_parcel_is_told_in_plain_words(buyer: Client, checkout: Checkout) -> None:
    (sale,) = pay(checkout)
    assert "Being packed" in words_of(buyer, checkout)
    send(sale)
    page = words_of(buyer, checkout)
    assert "It is on its way to you" in page
    assert "SM123" in page


def test_no_page_says_a_state_of_the_machine(buyer: Client, checkout: Checkout) -> None:
    (sale,) = pay(checkout)
    refund(sale)
    page = words_of(buyer, checkout)
    assert "given back" in page
    for state in ("pending-payment", "to_send", "refund_window", "awaiting_shipment"):
        assert state not in page


def test_an_address_is_kept_from_robots_caches_and_other_sites(
    buyer: Client, checkout: Checkout
) -> None:
    answer = buyer.get(order_url(checkout))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("page", ["", "return/", "email/"])
def test_a_guessed_token_finds_nothing(buyer: Client, page: str) -> None:
    url = f"/en/orders/not-a-token/{page}"
    assert buyer.post(url).status_code in {404, 405}
    assert buyer.get(url).status_code in {404, 405}


def test_a_mistyped_address_is_corrected_and_the_receipt_goes_out_again(
    buyer: Client, checkout: Checkout
) -> None:
    pay(checkout)
    before = OutboxMessage.objects.filter(topic="mail.receipt").count()
    buyer.post(f"{order_url(checkout)}email/", {"email": "sarah@example.com"})
    checkout.refresh_from_db()
    assert checkout.email == "sarah@example.com"
    assert OutboxMessage.objects.filter(topic="mail.receipt").count() == before + 1


def test_a_correction_that_is_no_address_is_kept_and_explained(
    buyer: Client, checkout: Checkout
) -> None:
    pay(checkout)
    answer = buyer.post(f"{order_url(checkout)}email/", {"email": "sara@"})
    assert answer.status_code == 422
    assert answer.context["form"]["email"].value() == "sara@"
    checkout.refresh_from_db()
    assert checkout.email == "sara@example.com"


def test_after_two_days_the_address_stays(buyer: Client, checkout: Checkout) -> None:
    pay(checkout)
    let_time_pass(days=3)
    answer = buyer.post(f"{order_url(checkout)}email/", {"email": "sarah@example.com"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["email"]


def test_downloads_and_share_and_earn_are_on_the_receipt(buyer: Client) -> None:
    listing = a_download_listing()
    an_affiliate(listing.shop, rate_bps=2000)
    checkout = an_order(listing)
    pay(checkout)
    page = words_of(buyer, checkout)
    assert "/en/library/" in page
    assert "20%" in page


def test_two_shops_are_told_apart(buyer: Client) -> None:
    one, other = a_published_listing(), a_published_listing()
    checkout = an_order(one, other)
    pay(checkout)
    parts = buyer.get(order_url(checkout)).context["page"].parts
    assert [part.shop for part in parts] == [one.shop, other.shop]


def test_an_order_cannot_be_made_to_mail_one_stranger_after_another(
    buyer: Client, checkout: Checkout
) -> None:
    pay(checkout)
    statuses = [
        buyer.post(f"{order_url(checkout)}email/", {"email": f"a{n}@example.org"}).status_code
        for n in range(7)
    ]
    assert statuses == [302] * 5 + [422] * 2
    receipts = OutboxMessage.objects.filter(topic="mail.receipt", key__startswith="receipt:")
    assert receipts.count() == 1 + 5
