"""One order of two shops: each keeps its own sale, whatever becomes of the other's."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Sale
from creatorhub.sales.selectors import money_of_sale
from creatorhub.sales.services import refund_amounts, refund_lines, send_lines
from tests.factories.sales import an_order, line_ids, pay, refund, send, stands_at, stock_of
from tests.factories.shops import a_published_listing, a_shop

pytestmark = pytest.mark.django_db


class Order:
    """Shop A sells a cup and a plate, shop B a bowl; both ask 20.00 for sending."""

    def __init__(self) -> None:
        self.a, self.b = a_shop(), a_shop()
        for shop in (self.a, self.b):
            shop.shipping_flat_minor = 2_000
            shop.save()
        self.cup = a_published_listing(shop=self.a, price=5_000, stock=3)
        self.plate = a_published_listing(shop=self.a, price=7_000, stock=3)
        self.bowl = a_published_listing(shop=self.b, price=9_000, stock=3)
        self.checkout = an_order((self.cup, 2), self.plate, self.bowl)
        self.sale_a, self.sale_b = pay(self.checkout)

    def status(self) -> str:
        self.checkout.order.refresh_from_db()
        return str(self.checkout.order.status)


@pytest.fixture
def order() -> Order:
    return Order()


def line_of(sale: Sale, title: str) -> int:
    return sale.lines.get(title=title).pk


def test_each_shop_has_its_own_sale_with_its_own_shipping(order: Order) -> None:
    assert (order.sale_a.total_minor, order.sale_b.total_minor) == (19_000, 11_000)
    assert (order.sale_a.fee_minor, order.sale_b.fee_minor) == (1_700, 900)
    assert stands_at("payee_held", order.a.owner) == 17_300
    assert stands_at("payee_held", order.b.owner) == 10_100


def test_one_item_goes_back_and_the_rest_stands(order: Order) -> None:
    refund(order.sale_a, line_of(order.sale_a, order.plate.title))
    assert stock_of(order.plate) == (3, 0)
    assert stock_of(order.cup) == (3, 2)
    assert stands_at("payee_held", order.b.owner) == 10_100
    assert stands_at("payee_held", order.a.owner) == 17_300 - 6_300
    assert order.status() == "paid"
    check_invariants()


def test_shipping_goes_back_with_the_last_unsent_item(order: Order) -> None:
    refund(order.sale_a, line_of(order.sale_a, order.plate.title))
    last = refund(order.sale_a, line_of(order.sale_a, order.cup.title))
    assert last.amount_minor == 10_000 + 2_000
    assert stands_at("payee_held", order.a.owner) == 0
    assert order.status() == "paid"
    refund(order.sale_b)
    assert order.status() == "refunded"
    check_invariants()


def test_shipping_of_a_parcel_that_left_stays_with_the_shop(order: Order) -> None:
    send(order.sale_b)
    given = refund(order.sale_b, line_of(order.sale_b, order.bowl.title))
    assert given.amount_minor == 9_000
    assert stock_of(order.bowl) == (2, 0), "what left does not come back by itself"
    check_invariants()


def test_nothing_is_given_back_twice(order: Order) -> None:
    plate = line_of(order.sale_a, order.plate.title)
    refund(order.sale_a, plate)
    with pytest.raises(RefundRefusedError):
        refund(order.sale_a, plate)


def test_a_line_of_another_shop_is_refused(order: Order) -> None:
    with pytest.raises(RefundRefusedError):
        refund_lines(sale=order.sale_a, sale_lines=line_ids(order.sale_b), reason_code="damaged")
    send_lines(sale=order.sale_a, line_ids=line_ids(order.sale_b))
    assert not Fulfilment.objects.filter(state=Fulfilment.State.SENT).exists()


def test_more_than_is_left_is_refused(order: Order) -> None:
    plate = line_of(order.sale_a, order.plate.title)
    for minor in (7_001, 0, -1):
        with pytest.raises(RefundRefusedError):
            refund_amounts(
                sale=order.sale_a, amounts={plate: Money(minor, "SAR")}, reason_code="damaged"
            )


def test_part_of_a_line_leaves_its_parcel_to_be_sent(order: Order) -> None:
    plate = line_of(order.sale_a, order.plate.title)
    refund_amounts(sale=order.sale_a, amounts={plate: Money(3_000, "SAR")}, reason_code="damaged")
    assert stock_of(order.plate) == (3, 1)
    rows = {row.line.pk: row for row in money_of_sale(order.sale_a)}
    assert rows[plate].refunded == Money(3_000, "SAR")
    assert rows[plate].net_left == Money(3_600, "SAR")
    check_invariants()
