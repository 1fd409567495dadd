"""Money waits for a reason with a date, and moves when every hold has ended."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.models import Hold, Sale, SaleLine
from creatorhub.sales.selectors import money_of_sale, release_on, unreleased_lines
from creatorhub.sales.services import release_due, send_lines
from creatorhub.shops.models import Shop
from tests.factories.accounts import a_staff_user
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    refund,
    send,
    stands_at,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def open_holds(line: SaleLine) -> list[str]:
    return list(
        Hold.objects.filter(sale_line=line, closed_at=None).values_list("reason_code", flat=True)
    )


@pytest.fixture
def shop() -> Shop:
    shop = a_shop()
    shop.shipping_flat_minor = 2_000
    shop.save()
    return shop


def test_a_file_waits_for_the_refund_window_from_payment(shop: Shop) -> None:
    sale = a_sale(a_download_listing(shop=shop), address=None)
    line = sale.lines.get()
    assert open_holds(line) == ["refund_window"]
    assert release_on(line) == (sale.sold_at + days(14)).date()

    with travel_to(sale.sold_at + days(14) - dt.timedelta(seconds=1)):
        assert release_due() == 0
    with travel_to(sale.sold_at + days(14)):
        assert release_due() == 1
        assert release_due() == 0
    line.refresh_from_db()
    assert open_holds(line) == []
    assert release_on(line) is None
    check_invariants()


def test_the_window_is_never_shorter_than_the_policys(shop: Shop) -> None:
    shop.refund_window_days = 0
    shop.save()
    sale = a_sale(a_download_listing(shop=shop), address=None)
    assert release_on(sale.lines.get()) == (sale.sold_at + days(7)).date()


def test_goods_wait_until_they_are_sent_and_then_for_the_window(shop: Shop) -> None:
    sale = a_sale(a_published_listing(shop=shop))
    item = sale.lines.get(kind="item")
    assert open_holds(item) == ["awaiting_shipment"]
    with travel_to(now() + days(200)):
        assert release_due() == 0, "an event ends this hold, not the clock"
    with travel_to(now() + days(3)):
        send(sale)
        assert open_holds(item) == ["refund_window"]
        assert release_on(item) == (now() + days(14)).date()
    with travel_to(now() + days(18)):
        assert release_due() == 2
    assert stands_at("payee_held", shop.owner) == 0
    check_invariants()


def test_the_date_of_unsent_goods_counts_from_the_promised_day(shop: Shop) -> None:
    sale = a_sale(a_published_listing(shop=shop))
    (item, shipping) = money_of_sale(sale)
    promised = item.line.item.fulfilment.ship_by_on
    assert item.release_on == promised + days(14)
    assert shipping.release_on == item.release_on
    assert item.base == item.fee + item.commission + item.net


def test_shipping_money_follows_the_last_parcel(shop: Shop) -> None:
    sale = a_sale(a_published_listing(shop=shop), a_published_listing(shop=shop))
    first, second, shipping = sale.lines.order_by("pk")
    send_lines(sale=sale, line_ids=[first.pk])
    assert open_holds(shipping) == ["awaiting_shipment"]
    with travel_to(now() + days(4)):
        send_lines(sale=sale, line_ids=[second.pk])
        assert open_holds(shipping) == ["refund_window"]
    with travel_to(now() + days(15)):
        assert release_due() == 1
    with travel_to(now() + days(19)):
        assert release_due() == 2
    check_invariants()


def test_shipping_follows_when_the_rest_is_given_back_instead(shop: Shop) -> None:
    sale = a_sale(a_published_listing(shop=shop), a_published_listing(shop=shop))
    first, second, shipping = sale.lines.order_by("pk")
    send_lines(sale=sale, line_ids=[first.pk])
    refund(sale, second.pk)
    assert open_holds(shipping) == ["refund_window"]
    check_invariants()


def test_a_commission_moves_with_its_line_and_knows_its_day(shop: Shop) -> None:
    listing = a_published_listing(shop=shop)
    noor = an_affiliate(shop, rate_bps=1_000)
    sale = a_sale(listing, clicks=[a_click(noor, listing)])
    commission = Commission.objects.get()
    promised = sale.lines.get(kind="item").item.fulfilment.ship_by_on
    assert commission.expected_on == promised + days(14)

    send(sale)
    commission.refresh_from_db()
    assert commission.expected_on == (now() + days(14)).date()

    with travel_to(now() + days(15)):
        release_due()
    commission.refresh_from_db()
    assert commission.state == Commission.State.APPROVED
    assert stands_at("payee_payable", noor) == commission.amount_minor
    check_invariants()


def test_what_was_given_back_is_never_released(shop: Shop) -> None:
    sale = a_sale(a_download_listing(shop=shop), address=None)
    refund(sale)
    with travel_to(now() + days(30)):
        assert release_due() == 0


def test_a_free_file_waits_for_nothing(shop: Shop) -> None:
    sale = Sale.objects.none()
    listing = a_download_listing(shop=shop, price=0)
    a_sale(a_download_listing(shop=shop), listing, address=None)
    sale = Sale.objects.filter(shop=shop)
    free = SaleLine.objects.get(sale__in=sale, base_minor=0)
    assert free.released_at is not None
    assert open_holds(free) == []
    assert list(unreleased_lines(shop)) == [SaleLine.objects.get(base_minor__gt=0)]
    check_invariants()


def test_terms_are_frozen_at_the_sale(shop: Shop) -> None:
    sale = a_sale(a_download_listing(shop=shop, price=10_000), address=None)
    change_policy(actor=a_staff_user(), platform_fee_bps=3_000, minimum_hold_days=1)
    shop.refund_window_days = 60
    shop.save()
    sale.refresh_from_db()
    assert (sale.fee_bps, sale.fee_minor, sale.refund_window_days) == (1_000, 1_000, 14)
