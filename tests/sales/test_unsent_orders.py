"""What a shop does not send although it was reminded goes back to the buyer by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.policy import change_policy
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import OutboxMessage, SentMail
from creatorhub.sales.models import RefundRequest, Sale
from creatorhub.sales.services import refund_unsent, remind_late
from tests.factories.refunds import a_request
from tests.factories.sales import a_sale, let_effects_happen, line_ids, send, stock_of
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


def in_days(number: int) -> travel_to:
    return travel_to(now() + dt.timedelta(days=number))


def late(sale: Sale) -> int:
    """The promised day passes, and the shop is reminded; returns how many days that took."""
    with in_days(sale.shop.ship_within_days + 1):
        assert remind_late() == 1
    return sale.shop.ship_within_days + 1


def test_after_the_reminder_and_the_days_of_grace_the_money_goes_back() -> None:
    shop = a_shop()
    shop.shipping_flat_minor = 2_000
    shop.save()
    mug = a_published_listing(shop=shop, price=10_000, stock=3)
    sale = a_sale(mug)
    reminded = late(sale)
    with in_days(reminded + 6):
        assert refund_unsent() == 0
    with in_days(reminded + 7):
        assert refund_unsent() == 1
        assert refund_unsent() == 0
        let_effects_happen()
        assert not OutboxMessage.objects.filter(attempts__gt=0).exists()

    refund = sale.refunds.get()
    assert refund.amount_minor == 12_000, "nothing was sent, so sending it costs nothing"
    assert (refund.reason_code, refund.decided_by) == ("not_sent_in_time", None)
    assert stock_of(mug) == (3, 0)
    owner = sale.shop.owner.user
    assert owner is not None
    assert SentMail.objects.filter(to=owner.email, subject__contains=sale.order.number).exists()
    assert SentMail.objects.filter(to="sara@example.com").exists()
    check_invariants()


def test_nobody_is_refunded_without_a_reminder_first() -> None:
    sale = a_sale(a_published_listing())
    with in_days(60):
        assert refund_unsent() == 0
        assert remind_late() == 1
        assert refund_unsent() == 0
    assert sale.refunds.count() == 0


def test_sent_late_is_sent() -> None:
    sale = a_sale(a_published_listing())
    reminded = late(sale)
    send(sale)
    with in_days(reminded + 8):
        assert refund_unsent() == 0


def test_what_was_delivered_in_the_same_order_stays() -> None:
    shop = a_shop()
    sale = a_sale(a_published_listing(shop=shop), a_download_listing(shop=shop))
    parcel, file = line_ids(sale)
    reminded = late(sale)
    with in_days(reminded + 8):
        assert refund_unsent() == 1
    assert sale.lines.get(pk=parcel).is_refunded
    assert not sale.lines.get(pk=file).is_refunded
    check_invariants()


def test_a_buyer_who_had_asked_has_the_answer() -> None:
    sale = a_sale(a_published_listing())
    reminded = late(sale)
    with in_days(reminded + 6):
        request = a_request(sale, reason_code="not_sent_in_time")
    with in_days(reminded + 8):
        assert refund_unsent() == 1
        check_invariants()
    request.refresh_from_db()
    assert request.state == RefundRequest.State.ACCEPTED
    assert request.is_by_clock


def test_the_days_are_a_policy() -> None:
    change_policy(actor=None, unsent_grace_days=1)
    sale = a_sale(a_published_listing())
    with in_days(late(sale) + 1):
        assert refund_unsent() == 1
