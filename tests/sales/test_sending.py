"""A parcel leaves: stock goes, the buyer is told, money waits for the window instead."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.sales.selectors import sales_of_shop, sales_to_send
from creatorhub.sales.services import remind_late, send_lines
from tests.factories.sales import a_sale, let_effects_happen, line_ids, refund, send, stock_of
from tests.factories.shops import a_published_listing, a_shop

pytestmark = pytest.mark.django_db


def test_what_was_sent_is_no_longer_in_stock() -> None:
    listing = a_published_listing(stock=5)
    sale = a_sale((listing, 2))
    assert stock_of(listing) == (5, 2)
    send(sale)
    assert stock_of(listing) == (3, 0)
    check_invariants()


def test_sending_twice_is_sending_once() -> None:
    listing = a_published_listing(stock=5)
    sale = a_sale(listing)
    send(sale)
    assert send_lines(sale=sale, line_ids=line_ids(sale)) == []
    assert stock_of(listing) == (4, 0)


def test_what_was_given_back_is_not_sent() -> None:
    listing = a_published_listing(stock=5)
    sale = a_sale(listing)
    refund(sale)
    send(sale)
    assert stock_of(listing) == (5, 0)
    assert not SentMail.objects.filter(subject__contains="on its way").exists()
    check_invariants()


def test_the_buyer_hears_of_it_once_with_the_tracking_number() -> None:
    shop = a_shop()
    sale = a_sale(a_published_listing(shop=shop, title="Blue mug"), a_published_listing(shop=shop))
    send_lines(
        sale=sale,
        line_ids=line_ids(sale),
        carrier="SMSA",
        tracking_number="SM123",
        tracking_url="https://track.example/SM123",
    )
    let_effects_happen()
    mail = SentMail.objects.get(text__contains="SM123")
    assert mail.to == "sara@example.com"
    assert "Blue mug" in mail.text
    assert "https://track.example/SM123" in mail.html


def test_a_shop_sees_what_waits_to_be_sent() -> None:
    shop = a_shop()
    listing = a_published_listing(shop=shop)
    sent, waiting = a_sale(listing), a_sale(listing, email="omar@example.com")
    send(sent)
    assert list(sales_to_send(shop)) == [waiting]
    assert list(sales_of_shop(shop)) == [waiting, sent]
    assert list(sales_of_shop(a_shop())) == []


def test_a_late_parcel_is_nudged_once() -> None:
    sale = a_sale(a_published_listing(title="Blue mug"))
    owner = sale.shop.owner.user
    assert owner is not None
    assert remind_late() == 0
    with travel_to(now() + dt.timedelta(days=6)):
        assert remind_late() == 1
        assert remind_late() == 0
        let_effects_happen()
    mail = SentMail.objects.get(subject__contains="waiting to be sent")
    assert mail.to == owner.email
    assert "Blue mug" in mail.text


def test_what_left_in_time_is_not_nudged() -> None:
    send(a_sale(a_published_listing()))
    with travel_to(now() + dt.timedelta(days=60)):
        assert remind_late() == 0
