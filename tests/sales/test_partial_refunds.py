"""Pieces, amounts and shipping apart: what goes back, what stays, and where the stock goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Hold, Refund, Sale, SaleLine
from creatorhub.sales.parts import Part
from creatorhub.sales.services import refund_parts
from creatorhub.shops.models import Listing, Shop
from tests.factories.refunds import a_failed_refund
from tests.factories.sales import a_click, a_sale, an_affiliate, send, stands_at, stock_of
from tests.factories.shops import a_published_listing, a_shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def shop() -> Shop:
    shop = a_shop()
    shop.shipping_flat_minor = 2_500
    shop.save()
    return shop


@pytest.fixture
def cups(shop: Shop) -> Listing:
    return a_published_listing(shop=shop, title="Cup", price=3_333, stock=10)


def item(sale: Sale) -> SaleLine:
    return sale.lines.get(kind="item")


def give(sale: Sale, *parts: Part, **more: object) -> Refund:
    return refund_parts(sale=sale, parts=parts, reason_code="damaged", **more)  # type: ignore[arg-type]


def sar(minor: int) -> Money:
    return Money(minor, "SAR")


def test_one_of_three_goes_back_with_its_share_of_everything(shop: Shop, cups: Listing) -> None:
    noor = an_affiliate(shop, rate_bps=1_250)
    sale = a_sale((cups, 3), clicks=[a_click(noor, cups)])
    line = item(sale)

    refund = give(sale, Part(line.pk, quantity=1))

    line.refresh_from_db()
    assert refund.amount_minor == 3_333
    assert (line.refunded_quantity, line.refunded_minor) == (1, 3_333)
    given = refund.lines.get()
    assert (given.fee_minor, given.commission_minor) == (333, 416)
    assert stands_at("payee_held", noor) == line.commission_minor - 416
    assert stock_of(cups) == (10, 2), "the piece can be sold again, two are still to be sent"
    assert line.item.fulfilment.state == "to_send"
    check_invariants()


def test_the_last_piece_takes_what_is_left_and_shipping_along(cups: Listing) -> None:
    sale = a_sale((cups, 3))
    line = item(sale)
    give(sale, Part(line.pk, amount=sar(1_000)))
    give(sale, Part(line.pk, quantity=2))

    refund = give(sale, Part(line.pk, quantity=1))

    line.refresh_from_db()
    assert line.is_refunded
    assert line.pieces_left == 0
    assert refund.amount_minor == 9_999 - 1_000 - 6_666 + 2_500
    assert line.item.fulfilment.state == "cancelled"
    assert stock_of(cups) == (10, 0)
    check_invariants()


def test_a_part_of_the_price_leaves_the_pieces_with_the_buyer(cups: Listing) -> None:
    sale = a_sale((cups, 2))
    send(sale)
    give(sale, Part(item(sale).pk, amount=sar(500)))
    assert item(sale).refunded_quantity == 0
    assert stock_of(cups) == (8, 0)
    check_invariants()


def test_every_piece_can_go_back_for_less_than_was_paid(cups: Listing) -> None:
    sale = a_sale((cups, 2))
    line = item(sale)
    give(sale, Part(line.pk, quantity=2, amount=sar(5_000)))
    line.refresh_from_db()
    assert (line.pieces_left, line.is_refunded) == (0, False)
    assert line.item.fulfilment.state == "cancelled"
    assert [hold.reason_code for hold in line.holds.filter(closed_at=None)] == ["refund_window"]
    assert stock_of(cups) == (10, 0)
    check_invariants()


def test_shipping_goes_back_alone(shop: Shop, cups: Listing) -> None:
    sale = a_sale(cups)
    shipping = sale.lines.get(kind="shipping")
    refund = give(sale, Part(shipping.pk))
    assert refund.amount_minor == 2_500
    assert refund.lines.get().fee_minor == 0
    assert not item(sale).is_refunded
    check_invariants()


@pytest.mark.parametrize(
    ("is_sent", "restock", "stock"),
    [
        (False, None, (10, 1)),
        (False, False, (9, 1)),
        (True, None, (8, 0)),
        (True, True, (9, 0)),
    ],
)
def test_the_stock_is_as_the_creator_says(
    cups: Listing, is_sent: bool, restock: bool | None, stock: tuple[int, int]
) -> None:
    sale = a_sale((cups, 2))
    if is_sent:
        send(sale)
    give(sale, Part(item(sale).pk, quantity=1, restock=restock))
    assert stock_of(cups) == stock
    check_invariants()


def test_what_is_left_to_send_leaves_the_rest_of_the_stock(cups: Listing) -> None:
    sale = a_sale((cups, 3))
    give(sale, Part(item(sale).pk, quantity=1))
    send(sale)
    assert stock_of(cups) == (8, 0)
    check_invariants()


def test_three_decimal_money_goes_in_its_steps() -> None:
    shop = a_shop(currency="KWD", country="KW")
    sale = a_sale((a_published_listing(shop=shop, price=10_010, stock=9), 3))
    line = item(sale)
    with pytest.raises(RefundRefusedError, match="steps of"):
        give(sale, Part(line.pk, amount=Money(1_005, "KWD")))
    refund = give(sale, Part(line.pk, amount=Money(1_010, "KWD")))
    given = refund.lines.get()
    assert given.fee_minor % 10 == given.commission_minor % 10 == 0
    give(sale, Part(line.pk, quantity=3))
    check_invariants()


def test_more_than_is_left_gets_a_sentence(cups: Listing) -> None:
    sale = a_sale((cups, 2))
    line = item(sale)
    for part, words in (
        (Part(line.pk, amount=sar(6_667)), "is left to give back"),
        (Part(line.pk, quantity=3), "only 2 can still be given back"),
        (Part(line.pk, amount=sar(0)), "Say how much"),
        (Part(0), "not part of this order"),
    ):
        with pytest.raises(RefundRefusedError, match=words):
            give(sale, part)
    give(sale, Part(line.pk))
    with pytest.raises(RefundRefusedError, match="given back already"):
        give(sale, Part(line.pk, amount=sar(1)))
    with pytest.raises(RefundRefusedError, match="left to give back"):
        give(sale, Part(line.pk))


def test_a_second_press_gives_nothing_more(cups: Listing) -> None:
    sale = a_sale((cups, 3))
    part = Part(item(sale).pk, quantity=1)
    give(sale, part, seen_minor=0)
    with pytest.raises(RefundRefusedError, match="a moment ago"):
        give(sale, part, seen_minor=0)
    assert sale.refunds.count() == 1


def test_what_the_bank_looks_at_is_not_given_twice(cups: Listing) -> None:
    sale = a_sale(cups)
    line = item(sale)
    Hold.objects.create(
        sale_line=line,
        reason_code="dispute",
        opened_at=now(),
        expected_until=now(),
        ends_by_clock=False,
    )
    with pytest.raises(RefundRefusedError, match="bank is looking"):
        give(sale, Part(line.pk))


def test_pieces_of_a_failed_refund_are_the_buyers_again(cups: Listing) -> None:
    sale = a_sale((cups, 2))
    send(sale)
    line = item(sale)
    a_failed_refund(sale, line.pk)
    line.refresh_from_db()
    assert (line.refunded_minor, line.refunded_quantity) == (0, 0)
    check_invariants()
