"""A creator sees their own sales, packs them, sends them; nobody else's exist."""

from __future__ import annotations

import pytest

from creatorhub.offers.models import Fulfilment
from creatorhub.sales.models import Sale
from tests.factories.accounts import a_user
from tests.factories.sales import a_sale, an_order, line_ids, pay, send
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.studio import signed_in, words_of

pytestmark = pytest.mark.django_db


def test_two_shops_of_one_order_see_only_their_own_lines() -> None:
    mine, theirs = a_user(name="Mine"), a_user(name="Theirs")
    pen = a_published_listing(shop=a_shop(owner=mine), title="Brass pen")
    mug = a_published_listing(shop=a_shop(owner=theirs), title="Clay mug")
    sale_of_pen, sale_of_mug = pay(an_order(pen, mug))

    page = signed_in(mine).get(f"/en/studio/orders/{sale_of_pen.pk}/").content.decode()

    assert "Brass pen" in page
    assert "Clay mug" not in page
    assert signed_in(mine).get(f"/en/studio/orders/{sale_of_mug.pk}/").status_code == 404


@pytest.mark.parametrize("part", ["", "packing/", "send/", "refund/"])
def test_a_foreign_order_does_not_exist(part: str) -> None:
    stranger = a_user()
    a_shop(owner=stranger)
    sale = a_sale(a_published_listing())

    address = f"/en/studio/orders/{sale.pk}/{part}"
    assert signed_in(stranger).get(address).status_code == 404
    if part in ("send/", "refund/"):
        chosen = {"lines": line_ids(sale), "reason_code": "damaged", "confirmed": "yes"}
        assert signed_in(stranger).post(address, chosen).status_code == 404
        assert sale.refunds.count() == 0
        assert not Fulfilment.objects.filter(state="sent").exists()


def test_the_page_says_whom_to_send_it_to_and_where_each_riyal_is() -> None:
    owner = a_user()
    listing = a_published_listing(shop=a_shop(owner=owner), price=10_000, title="Brass pen")
    sale = a_sale(listing, note="As a gift, please")

    page = words_of(signed_in(owner).get(f"/en/studio/orders/{sale.pk}/"))

    for words in ("Olaya Street", "Saudi Arabia", "+966500000001", "As a gift, please"):
        assert words in page
    assert "SAR 100.00" in page
    assert "SAR 10.00" in page  # the fee of 10 %
    assert "SAR 90.00 waits for you" in page
    assert "The order has not been sent yet." in page


def test_the_list_shows_what_to_send_first_and_finds_by_number_and_title() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    sent, waiting = (
        a_sale(a_published_listing(shop=shop, title=title)) for title in ("Pen", "Mug")
    )
    send(sent)
    browser = signed_in(owner)

    first = browser.get("/en/studio/orders/").content.decode()
    found = browser.get("/en/studio/orders/?show=all&q=Pen").content.decode()

    assert waiting.order.number in first
    assert sent.order.number not in first
    assert sent.order.number in found
    assert waiting.order.number not in found
    assert sent.order.number in browser.get("/en/studio/orders/?show=sent").content.decode()


def test_one_line_of_two_is_sent_with_its_tracking() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    sale = a_sale(a_published_listing(shop=shop), a_published_listing(shop=shop))
    first, second = line_ids(sale)

    answer = signed_in(owner).post(
        f"/en/studio/orders/{sale.pk}/send/",
        {"lines": [first], "carrier": "SMSA", "tracking_number": "SM1", "tracking_url": ""},
    )

    assert answer.status_code == 302
    states = Fulfilment.objects.values_list("order_line__sale_line", "state", "tracking_number")
    assert set(states) == {(first, "sent", "SM1"), (second, "to_send", "")}


def test_a_tracking_address_that_is_none_keeps_the_rest() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner)))

    answer = signed_in(owner).post(
        f"/en/studio/orders/{sale.pk}/send/",
        {"lines": line_ids(sale), "tracking_number": "SM1", "tracking_url": "javascript:alert(1)"},
    )

    assert 'value="SM1"' in answer.content.decode()
    assert not Fulfilment.objects.filter(state="sent").exists()


def test_a_download_is_not_on_the_packing_list() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    files = a_download_listing(shop=shop, title="Templates")
    sale = a_sale(a_published_listing(shop=shop, title="Brass pen"), files)

    page = signed_in(owner).get(f"/en/studio/orders/{sale.pk}/packing/").content.decode()

    assert "Brass pen" in page
    assert "Templates" not in page


def test_whoever_has_no_shop_is_led_to_open_one() -> None:
    answer = signed_in(a_user()).get("/en/studio/orders/")

    assert answer.status_code == 302
    assert "open" in answer.headers["Location"]


def test_an_order_of_ones_second_shop_opens_and_is_remembered() -> None:
    owner = a_user()
    a_shop(owner=owner, name="First")
    second = a_shop(owner=owner, name="Second")
    sale: Sale = a_sale(a_published_listing(shop=second))
    browser = signed_in(owner)

    assert browser.get(f"/en/studio/orders/{sale.pk}/").status_code == 200
    assert sale.order.number in browser.get("/en/studio/orders/").content.decode()
