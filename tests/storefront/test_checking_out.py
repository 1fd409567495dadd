"""From the one page to an order and the place where it is paid."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from oscar.apps.basket.models import Line
from oscar.apps.order.models import Order

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import policy
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.models import Checkout
from creatorhub.shops.models import Listing
from creatorhub.shops.services.set_variants import VariantDraft, set_variants
from tests.factories.accounts import a_user
from tests.factories.sales import an_order, pay
from tests.factories.shops import a_download_listing, a_published_listing, a_shop, money
from tests.factories.storefront import (
    PARCEL,
    a_shopper,
    check_out,
    only_checkout,
    open_baskets,
    put_into_basket,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing() -> Listing:
    return a_published_listing(stock=3, price=10_000)


@pytest.fixture
def shopper(listing: Listing) -> Client:
    somebody = a_shopper()
    put_into_basket(somebody, listing)
    return somebody


def restock(listing: Listing, *, stock: int, price: int = 10_000) -> None:
    only = VariantDraft(price=money(price, listing.shop), stock=stock, pk=listing.variants.get().pk)
    set_variants(listing=listing, variants=[only])


def test_a_guest_fills_in_one_page_and_is_led_to_the_payment_page(shopper: Client) -> None:
    answer = check_out(shopper)
    attempt = PaymentAttempt.objects.get()
    assert answer.status_code == 302
    assert answer.url == attempt.page_url
    checkout = only_checkout()
    assert (checkout.email, checkout.phone) == ("sara@example.com", "+966512345678")
    assert checkout.order.shipping_address.line4 == "الرياض"


def test_what_was_ordered_is_no_basket_any_more(shopper: Client) -> None:
    check_out(shopper)
    assert open_baskets() == []
    assert shopper.get(reverse("storefront:checkout")).url == reverse("storefront:basket")


def test_a_file_asks_for_an_e_mail_only() -> None:
    shopper = a_shopper()
    put_into_basket(shopper, a_download_listing(), go="checkout")
    page = shopper.get(reverse("storefront:checkout"))
    assert list(page.context["form"].fields) == ["email", "pay"]
    answer = shopper.post(reverse("storefront:checkout"), {"email": "sara@example.com"})
    assert answer.url == PaymentAttempt.objects.get().page_url


def test_something_free_is_had_at_once() -> None:
    shopper = a_shopper()
    put_into_basket(shopper, a_download_listing(price=0))
    answer = shopper.post(reverse("storefront:checkout"), {"email": "sara@example.com"})
    assert answer.url == reverse("storefront:checkout_return", args=[only_checkout().token])
    order = shopper.get(answer.url, follow=True)
    assert order.context["page"].is_paid


def test_bad_input_keeps_everything_and_points_at_the_first_mistake(shopper: Client) -> None:
    answer = check_out(shopper, phone="12", street="")
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form["city"].value() == PARCEL["city"]
    assert "autofocus" in str(form["phone"])
    assert "autofocus" not in str(form["street"])
    assert not Order.objects.exists()


def test_sending_the_same_form_twice_places_one_order(shopper: Client) -> None:
    page = shopper.get(reverse("storefront:checkout"))
    form = PARCEL | {"basket": page.context["basket_name"]}
    first = shopper.post(reverse("storefront:checkout"), form)
    second = shopper.post(reverse("storefront:checkout"), form)
    assert first.url == second.url
    assert Order.objects.count() == 1


def test_a_form_with_a_forged_basket_finds_nobodys_order(shopper: Client) -> None:
    strangers = an_order(a_published_listing())
    answer = check_out(shopper, basket=str(strangers.order.basket_id))
    assert answer.url != PaymentAttempt.objects.get(reference=strangers.order.number).page_url
    assert Order.objects.count() == 2


def test_sold_out_in_between_is_said_and_the_rest_stays(shopper: Client, listing: Listing) -> None:
    put_into_basket(shopper, a_published_listing(shop=listing.shop, title="Teapot"))
    page = shopper.get(reverse("storefront:checkout"))
    restock(listing, stock=0)
    form = PARCEL | {"basket": page.context["basket_name"]}
    answer = shopper.post(reverse("storefront:checkout"), form, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert answer.context["form"]["street"].value() == PARCEL["street"]
    assert [line.listing.title for line in answer.context["page"].lines] == ["Teapot"]
    assert listing.title in answer.context["form"].non_field_errors()[0]
    assert not Order.objects.exists()


def test_a_new_price_is_shown_before_anybody_pays_it(shopper: Client, listing: Listing) -> None:
    page = shopper.get(reverse("storefront:checkout"))
    restock(listing, stock=3, price=12_000)
    form = PARCEL | {"basket": page.context["basket_name"]}
    refused = shopper.post(reverse("storefront:checkout"), form)
    assert refused.status_code == 422
    assert refused.context["page"].total.minor == 12_000
    assert not Order.objects.exists()
    shopper.post(reverse("storefront:checkout"), form)
    assert PaymentAttempt.objects.get().amount_minor == 12_000


def test_when_nothing_is_left_the_basket_says_so(shopper: Client, listing: Listing) -> None:
    page = shopper.get(reverse("storefront:checkout"))
    restock(listing, stock=0)
    form = PARCEL | {"basket": page.context["basket_name"]}
    answer = shopper.post(reverse("storefront:checkout"), form)
    assert answer.url == reverse("storefront:basket")
    assert not Line.objects.exists()


def test_the_eleventh_try_in_ten_minutes_waits(shopper: Client) -> None:
    form = PARCEL | {"country": "SA"}
    # Windows begin at whole ten minutes: stay inside one, whatever the time is.
    with travel_to(now().replace(minute=1)):
        for _try in range(10):
            put_into_basket(shopper, a_download_listing(), go="basket")
            shopper.post(reverse("storefront:checkout"), form)
        put_into_basket(shopper, a_download_listing())
        answer = shopper.post(reverse("storefront:checkout"), form)
    assert answer.status_code == 422
    assert Order.objects.count() == 10


def test_a_provider_that_does_not_answer_loses_no_order(shopper: Client, settings: Any) -> None:
    page = shopper.get(reverse("storefront:checkout"))
    settings.PAYMENT_GATEWAYS = ["nowhere"]
    form = PARCEL | {"basket": page.context["basket_name"]}
    answer = shopper.post(reverse("storefront:checkout"), form)
    assert answer.url == reverse("storefront:checkout_return", args=[only_checkout().token])
    assert shopper.get(answer.url).status_code == 200
    assert shopper.post(answer.url).url == answer.url


def test_a_market_without_a_provider_takes_no_order(shopper: Client, settings: Any) -> None:
    settings.PAYMENT_GATEWAYS = []
    answer = check_out(shopper)
    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_an_account_need_not_type_its_address_again(listing: Listing) -> None:
    user = a_user(email="sara@example.com", name="Sara")
    pay(an_order(listing, user=user))
    shopper = a_shopper()
    shopper.force_login(user)
    put_into_basket(shopper, listing)
    form = shopper.get(reverse("storefront:checkout")).context["form"]
    known = {name: form[name].value() for name in ("email", "name", "city", "country")}
    assert known == {
        "email": "sara@example.com",
        "name": "Sara",
        "city": "Riyadh",
        "country": "SA",
    }


def test_a_guests_order_is_placed_in_twelve_statements(shopper: Client) -> None:
    """Whatever Django sends counts, except what begins and ends a transaction."""
    page = shopper.get(reverse("storefront:checkout"))
    form = PARCEL | {"basket": page.context["basket_name"]}
    sent: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    policy()  # Read once a second by each worker, for everybody.
    with connection.execute_wrapper(note):
        shopper.post(reverse("storefront:checkout"), form)
    assert Checkout.objects.count() == 1
    assert len([sql for sql in sent if "SAVEPOINT" not in sql]) <= 12


def test_a_form_of_the_other_basket_orders_what_it_showed(
    shopper: Client, listing: Listing
) -> None:
    page = shopper.get(reverse("storefront:checkout"))
    elsewhere = a_published_listing(shop=a_shop(currency="USD", country="US"))
    put_into_basket(shopper, elsewhere, second="on")
    shopper.post(reverse("storefront:checkout"), PARCEL | {"basket": page.context["basket_name"]})
    (line,) = Order.objects.get().lines.all()
    assert line.product.variant.listing == listing


def test_a_basket_that_grew_a_parcel_asks_for_the_address(shopper: Client) -> None:
    guest = a_shopper()
    file = a_download_listing()
    put_into_basket(guest, file)
    page = guest.get(reverse("storefront:checkout"))
    put_into_basket(guest, a_published_listing(shop=file.shop))
    form = {"email": "sara@example.com", "basket": page.context["basket_name"]}
    answer = guest.post(reverse("storefront:checkout"), form)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() >= {"street", "city"}
    assert not Order.objects.exists()


def test_somebody_elses_form_orders_ones_own_basket(shopper: Client) -> None:
    theirs = shopper.get(reverse("storefront:checkout")).context["basket_name"]
    thief, cheap = a_shopper(), a_published_listing(price=1_000)
    put_into_basket(thief, cheap)
    thief.post(reverse("storefront:checkout"), PARCEL | {"basket": theirs})
    (line,) = Order.objects.get().lines.all()
    assert line.product.variant.listing == cheap
