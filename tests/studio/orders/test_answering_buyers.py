"""A creator answers a buyer: all of it, a part by pieces or amount, or no with words."""

from __future__ import annotations

import pytest
from django.test import Client

from creatorhub.sales.models import RefundRequest, Sale
from tests.factories.refunds import a_declined_request, a_request, an_escalated_request
from tests.factories.sales import a_click, a_sale, an_affiliate, line_ids, stock_of
from tests.factories.shops import a_published_listing, a_shop
from tests.factories.studio import signed_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale() -> Sale:
    shop = a_shop()
    cup = a_published_listing(shop=shop, title="Cup", price=10_000, stock=9)
    return a_sale((cup, 3), clicks=[a_click(an_affiliate(shop, rate_bps=1_000), cup)])


@pytest.fixture
def creator(sale: Sale) -> Client:
    assert sale.shop.owner.user is not None
    return signed_in(sale.shop.owner.user)


def url(request: RefundRequest) -> str:
    return f"/en/studio/orders/requests/{request.pk}/"


def refund_url(sale: Sale) -> str:
    return f"/en/studio/orders/{sale.pk}/refund/"


def test_the_request_is_seen_first_and_says_what_a_yes_takes(creator: Client, sale: Sale) -> None:
    request = a_request(sale, note="The handles broke.")
    assert "Asked back" in words_of(creator.get("/en/studio/orders/"))
    assert sale.order.number in words_of(creator.get("/en/studio/orders/?show=asked"))
    assert "The buyer asks for money back" in words_of(creator.get(f"/en/studio/orders/{sale.pk}/"))
    page = words_of(creator.get(url(request)))
    assert "The handles broke." in page
    for amount in ("SAR 240.00", "SAR 30.00", "SAR 300.00"):
        assert amount in page


def test_yes_gives_it_back_once(creator: Client, sale: Sale) -> None:
    request = a_request(sale)
    for _ in range(2):
        assert creator.post(url(request), {"answer": "yes", "note": "Sorry!"}).status_code == 302
    assert [refund.amount_minor for refund in sale.refunds.all()] == [30_000]
    assert "You said yes" in words_of(creator.get(url(request)))


def test_no_needs_words(creator: Client, sale: Sale) -> None:
    request = a_request(sale)
    assert "Say why" in words_of(creator.post(url(request), {"answer": "no"}))
    creator.post(url(request), {"answer": "no", "note": "They were whole."})
    request.refresh_from_db()
    assert (request.state, request.answer_note) == ("declined", "They were whole.")
    assert "You said no" in words_of(creator.get(url(request)))


def test_a_part_is_filled_in_previewed_and_given_once(creator: Client, sale: Sale) -> None:
    request = a_request(sale)
    (line,) = line_ids(sale)
    page = words_of(creator.get(f"{refund_url(sale)}?request={request.pk}"))
    assert f'name="request" value="{request.pk}"' in page
    chosen = {
        "request": request.pk,
        "lines": [line],
        f"pieces_{line}": 1,
        f"restock_{line}": "no",
        "reason_code": "damaged",
        "note": "One was whole.",
    }
    page = words_of(creator.post(refund_url(sale), chosen))
    assert "SAR 100.00" in page
    assert "SAR 80.00" in page
    assert "is not put back into stock" in page
    assert sale.refunds.count() == 0

    for _ in range(2):
        creator.post(refund_url(sale), chosen | {"confirmed": "yes", "seen": 0})

    assert sale.refunds.get().amount_minor == 10_000
    request.refresh_from_db()
    assert (request.state, request.answer_note) == ("accepted", "One was whole.")
    listing = sale.lines.get().listing
    assert listing is not None
    assert stock_of(listing) == (8, 2)


def test_an_amount_without_a_request_is_given_once(creator: Client, sale: Sale) -> None:
    (line,) = line_ids(sale)
    chosen = {"lines": [line], f"amount_{line}": "12.50", "reason_code": "goodwill"}
    page = words_of(creator.post(refund_url(sale), chosen))
    assert "the buyer keeps it" in page
    for _ in range(2):
        creator.post(refund_url(sale), chosen | {"confirmed": "yes", "seen": 0})
    assert [refund.amount_minor for refund in sale.refunds.all()] == [1_250]
    assert "A part given back" in words_of(creator.get(f"/en/studio/orders/{sale.pk}/"))


def test_more_than_is_left_is_said_and_kept(creator: Client, sale: Sale) -> None:
    (line,) = line_ids(sale)
    chosen = {"lines": [line], f"amount_{line}": "300.01", "reason_code": "goodwill"}
    page = words_of(creator.post(refund_url(sale), chosen))
    assert "only SAR 300.00 is left to give back" in page
    assert "300.01" in page
    assert "Choose at least one item." in words_of(
        creator.post(refund_url(sale), {"reason_code": "goodwill"})
    )


def test_a_foreign_request_is_not_there(sale: Sale) -> None:
    request = a_request(sale)
    other = a_shop().owner.user
    assert other is not None
    stranger = signed_in(other)
    assert stranger.get(url(request)).status_code == 404
    assert stranger.post(url(request), {"answer": "yes"}).status_code == 404


def test_a_yes_after_a_no_and_while_staff_look(creator: Client, sale: Sale) -> None:
    request = a_declined_request(sale)
    assert "Say no" not in words_of(creator.get(url(request)))
    creator.post(url(request), {"answer": "yes"})
    request.refresh_from_db()
    assert request.state == "accepted"
    other = a_sale(a_published_listing(shop=sale.shop))
    escalated = an_escalated_request(other)
    page = words_of(creator.post(url(escalated), {"answer": "no", "note": "No."}))
    assert "You can still give the money back" in page
    creator.post(url(escalated), {"answer": "yes"})
    assert other.refunds.count() == 1
