"""Order first, money second: what is held, what is frozen, what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from oscar.apps.order.models import Order

from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.services import request_of
from creatorhub.sales.baskets import copy_basket
from creatorhub.sales.contact import Contact
from creatorhub.sales.errors import (
    AddressMissingError,
    AmountTooSmallError,
    EmptyBasketError,
    MixedBasketError,
    PriceChangedError,
    SoldOutError,
)
from creatorhub.sales.models import Checkout
from creatorhub.sales.services import payment_page, place_order
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_user
from tests.factories.sales import (
    RIYADH,
    a_basket,
    an_order,
    attempt_of,
    pay,
    product_of,
    sales_of,
    stock_of,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db

SARA = Contact(email="sara@example.com", name="Sara", language="en")


def reprice(listing: Listing, price: str) -> None:
    product_of(listing).stockrecords.update(price=Decimal(price))


def test_an_order_holds_its_stock_and_waits_for_its_payment() -> None:
    listing = a_published_listing(price=10_000, stock=5)

    checkout = an_order((listing, 2))

    assert stock_of(listing) == (5, 2)
    assert checkout.order.status == "pending-payment"
    attempt = attempt_of(checkout)
    assert (attempt.amount_minor, attempt.currency) == (20_000, "SAR")
    assert attempt.state == PaymentAttempt.State.AWAITING
    assert payment_page(checkout=checkout) == attempt.page_url
    assert checkout.token in request_of(attempt).success_url


def test_numbers_come_from_a_sequence_and_not_from_baskets() -> None:
    listing = a_published_listing(stock=None)
    first, second = an_order(listing), an_order(listing)
    assert int(second.order.number) == int(first.order.number) + 1


def test_untracked_stock_is_never_held_and_never_sold_out() -> None:
    listing = a_published_listing(stock=None)
    an_order((listing, 50))
    assert stock_of(listing) == (None, 0)


def test_more_than_there_is_is_refused_by_name() -> None:
    listing = a_published_listing(title="Blue mug", stock=1)
    an_order(listing)
    with pytest.raises(SoldOutError) as refused:
        place_order(basket=a_basket(listing), contact=SARA, address=RIYADH)
    assert "Blue mug" in str(refused.value)
    assert Order.objects.count() == 1


def test_what_left_the_shop_cannot_be_bought() -> None:
    listing = a_published_listing()
    basket = a_basket(listing)
    Listing.objects.filter(pk=listing.pk).update(state=Listing.State.ARCHIVED)
    with pytest.raises(SoldOutError):
        place_order(basket=basket, contact=SARA, address=RIYADH)
    assert stock_of(listing) == (5, 0)


def test_a_changed_price_is_told_first_and_accepted_by_confirming_again() -> None:
    listing = a_published_listing(price=10_000)
    basket = a_basket(listing)
    reprice(listing, "120.00")

    with pytest.raises(PriceChangedError) as refused:
        place_order(basket=basket, contact=SARA, address=RIYADH)

    (change,) = refused.value.changes
    assert (change.before, change.after) == (Money(10_000, "SAR"), Money(12_000, "SAR"))
    checkout = place_order(basket=basket, contact=SARA, address=RIYADH)
    assert attempt_of(checkout).amount_minor == 12_000


def test_parcels_need_an_address_and_files_do_not() -> None:
    with pytest.raises(AddressMissingError):
        an_order(a_published_listing(), address=None)
    assert an_order(a_download_listing(), address=None).pk


def test_each_shop_asks_for_its_own_shipping() -> None:
    near = a_shop(owner=a_user())
    near.shipping_flat_minor = 2_500
    near.save()
    far = a_shop()
    far.shipping_flat_minor, far.shipping_free_above_minor = 4_000, 30_000
    far.save()

    order = an_order(
        a_published_listing(shop=near, price=10_000), a_published_listing(shop=far, price=30_000)
    )

    charges = {row.shop: row.amount_minor for row in order.order.shipping_charges.all()}
    assert charges == {near: 2_500}  # The other sends for free above 300 riyals.
    assert attempt_of(order).amount_minor == 42_500
    assert sum(line["minor"] for line in attempt_of(order).request["lines"]) == 42_500


def test_an_empty_basket_is_no_order() -> None:
    with pytest.raises(EmptyBasketError):
        place_order(basket=a_basket(), contact=SARA, address=RIYADH)


def test_one_order_is_in_one_currency() -> None:
    riyals, dirhams = a_published_listing(), a_published_listing()
    basket = a_basket(riyals, dirhams)
    product_of(dirhams).stockrecords.update(price_currency="AED")
    with pytest.raises(MixedBasketError):
        place_order(basket=basket, contact=SARA, address=RIYADH)


def test_less_than_a_processor_takes_is_refused_with_the_minimum() -> None:
    with pytest.raises(AmountTooSmallError) as refused:
        an_order(a_download_listing(price=100), address=None)
    assert refused.value.minimum == Money(200, "SAR")
    assert not Checkout.objects.exists()


def test_submitting_twice_is_one_order() -> None:
    basket = a_basket(a_published_listing())
    first = place_order(basket=basket, contact=SARA, address=RIYADH)
    second = place_order(basket=basket, contact=SARA, address=RIYADH)
    assert first == second
    assert PaymentAttempt.objects.count() == 1


def test_a_free_order_is_paid_at_once_without_a_gateway() -> None:
    checkout = an_order(a_download_listing(price=0), address=None)
    (sale,) = sales_of(checkout)
    checkout.order.refresh_from_db()
    assert checkout.order.status == "paid"
    assert sale.lines.get().order_line.grant.is_open  # type: ignore[union-attr]  # it is an item
    assert payment_page(checkout=checkout) == ""
    assert not PaymentAttempt.objects.exists()


def test_an_order_of_somebody_signed_in_is_theirs() -> None:
    user = a_user()
    checkout = an_order(a_published_listing(), user=user, email=user.email)
    assert checkout.order.user == user
    assert checkout.order.guest_email == ""


def test_a_paid_order_has_no_page_to_pay_any_more() -> None:
    checkout = an_order(a_published_listing())
    pay(checkout)
    assert payment_page(checkout=checkout) == ""


def test_a_retry_gets_a_new_basket_with_what_can_still_be_had() -> None:
    kept, gone = a_published_listing(), a_published_listing(stock=1)
    checkout = an_order((kept, 2), gone)

    basket = copy_basket(checkout=checkout)

    assert basket.pk != checkout.order.basket_id
    (line,) = basket.all_lines()
    assert (line.product, line.quantity) == (product_of(kept), 2)
