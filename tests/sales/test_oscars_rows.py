"""Our order has the rows that Oscar's own OrderCreator writes for the same basket."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.forms.models import model_to_dict
from oscar.apps.order.models import Line, LinePrice, Order
from oscar.apps.order.utils import OrderCreator
from oscar.core.prices import Price

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.sales.baskets import prepare
from creatorhub.sales.oscar import create_order
from creatorhub.sales.shipping import ShippingByShop, shipping_of
from creatorhub.shops.models import Listing
from tests.factories.accounts import a_user
from tests.factories.sales import a_basket, stock_of
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db

Wanted = Sequence[tuple[Listing, int]]
OWN_OF_EACH = {"id", "number", "basket", "order", "date_placed"}


def wanted_things() -> Wanted:
    """A parcel that is counted, one that is not, and a file."""
    shop = a_shop(owner=a_user())
    shop.shipping_flat_minor = 2_500
    shop.save()
    return [
        (a_published_listing(shop=shop, price=3_333, stock=9), 2),
        (a_published_listing(shop=shop, price=10_000, stock=None), 3),
        (a_download_listing(shop=shop, price=4_900), 1),
    ]


def a_prepared_basket(wanted: Wanted) -> tuple[Any, ShippingByShop, Money]:
    basket = a_basket(*wanted)
    prepare(basket)
    charges = shipping_of(basket)
    total = sum(charges.values(), Money.from_decimal(basket.total_incl_tax, "SAR"))
    return basket, ShippingByShop(charges), total


def as_we_place_it(wanted: Wanted, user: User | None) -> Order:
    basket, shipping, total = a_prepared_basket(wanted)
    return create_order(
        number="ours",
        basket=basket,
        total=total,
        shipping=shipping,
        address=None,
        user=user,
        guest_email="" if user else "sara@example.com",
        placed_at=now(),
    )


def as_oscar_places_it(wanted: Wanted, user: User | None) -> Order:
    basket, shipping, total = a_prepared_basket(wanted)
    order: Order = OrderCreator().place_order(
        basket=basket,
        total=Price(currency="SAR", excl_tax=total.to_decimal(), tax=Decimal(0)),
        shipping_method=shipping,
        shipping_charge=shipping.calculate(basket),
        user=user,
        order_number="oscars",
        guest_email="" if user else "sara@example.com",
    )
    return order


def row(model: Any) -> dict[str, Any]:
    fresh = type(model).objects.get(pk=model.pk)
    names = [field.name for field in fresh._meta.concrete_fields if field.name not in OWN_OF_EACH]
    return {name: getattr(fresh, name) for name in names} | {
        name: value for name, value in model_to_dict(fresh).items() if name not in OWN_OF_EACH
    }


def lines_of(order: Order) -> list[Line]:
    return list(order.lines.order_by("pk"))


@pytest.mark.parametrize("is_guest", [True, False])
def test_order_and_lines_are_the_same(is_guest: bool) -> None:
    wanted, user = wanted_things(), None if is_guest else a_user()

    ours, oscars = as_we_place_it(wanted, user), as_oscar_places_it(wanted, user)

    assert row(ours) == row(oscars)
    for our_line, oscars_line in zip(lines_of(ours), lines_of(oscars), strict=True):
        assert row(our_line) | {"num_allocated": 0} == row(oscars_line) | {"num_allocated": 0}


def test_a_line_holds_what_its_stock_counts_and_oscar_writes_its_quantity_in_any_case() -> None:
    wanted = wanted_things()
    ours, oscars = as_we_place_it(wanted, None), as_oscar_places_it(wanted, None)
    assert [line.num_allocated for line in lines_of(ours)] == [2, 0, 0]
    assert [line.num_allocated for line in lines_of(oscars)] == [2, 3, 1]
    counted, _uncounted, _file = (listing for listing, _quantity in wanted)
    assert stock_of(counted) == (9, 4)


def test_what_we_leave_out_says_what_the_line_says() -> None:
    wanted = wanted_things()
    as_we_place_it(wanted, None)
    assert not LinePrice.objects.exists()

    for line in lines_of(as_oscar_places_it(wanted, None)):
        price = line.prices.get()
        assert (price.quantity, price.price_incl_tax) == (line.quantity, line.unit_price_incl_tax)
