"""Before anything is given back the page says, to the cent, what everyone loses."""

from __future__ import annotations

import pytest

from creatorhub.sales.models import Sale
from creatorhub.sales.parts import Part
from creatorhub.studio.orders.refund_preview import RefundPreview, preview
from creatorhub.studio.orders.selectors import sales_of, views_of
from tests.factories.accounts import a_user
from tests.factories.sales import a_click, a_sale, an_affiliate, line_ids, refund, send
from tests.factories.shops import a_download_listing, a_published_listing, a_shop
from tests.factories.studio import signed_in, words_of

pytestmark = pytest.mark.django_db


def previewed(sale: Sale, *lines: int) -> RefundPreview:
    (view,) = views_of(list(sales_of(shops=[sale.shop])))
    return preview(view, [Part(pk) for pk in lines or line_ids(sale)])


def given(sale: Sale) -> tuple[int, int, int]:
    """What the last refund really took: from the shop, the market and the affiliate."""
    row = sale.refunds.latest("id")
    fee = sum(line.fee_minor for line in row.lines.all())
    commission = sum(line.commission_minor for line in row.lines.all())
    return row.amount_minor - fee - commission, fee, commission


def promised(seen: RefundPreview) -> tuple[int, int, int]:
    return seen.from_you.minor, seen.from_market.minor, seen.from_affiliates.minor


def a_shared_sale() -> tuple[Sale, int, int]:
    """Two things with shipping, sold through somebody's link: sale, first line, second line."""
    shop = a_shop()
    shop.shipping_flat_minor = 2_000
    shop.save()
    pen = a_published_listing(shop=shop, price=3_333)
    mug = a_published_listing(shop=shop, price=10_001)
    affiliate = an_affiliate(shop, rate_bps=1_250)
    sale = a_sale(pen, mug, clicks=[a_click(affiliate, pen)])
    first, second, _shipping = line_ids(sale)
    return sale, first, second


def test_one_line_takes_from_everyone_what_the_page_said() -> None:
    sale, first, _second = a_shared_sale()
    seen = previewed(sale, first)

    refund(sale, first)

    assert promised(seen) == given(sale)
    assert seen.to_buyer.minor == sum(given(sale)) == 3_333


def test_shipping_goes_back_with_the_last_line_and_the_page_says_so() -> None:
    sale, first, second = a_shared_sale()
    refund(sale, first)
    seen = previewed(sale, second)

    refund(sale, second)

    assert promised(seen) == given(sale)
    assert seen.to_buyer.minor == 12_001


def test_shipping_of_a_sent_parcel_stays_paid() -> None:
    sale, first, second = a_shared_sale()
    send(sale)
    seen = previewed(sale, first, second)

    refund(sale, first, second)

    assert promised(seen) == given(sale)
    assert seen.to_buyer.minor == 13_334


def test_a_download_given_back_leaves_shipping_where_it_is() -> None:
    shop = a_shop()
    shop.shipping_flat_minor = 2_000
    shop.save()
    sale = a_sale(a_published_listing(shop=shop), a_download_listing(shop=shop, price=4_900))
    download = sale.lines.get(base_minor=4_900).pk
    seen = previewed(sale, download)

    refund(sale, download)

    assert promised(seen) == given(sale)
    assert seen.to_buyer.minor == 4_900


def test_nothing_happens_before_the_second_page_is_confirmed() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner), price=10_000))
    browser, address = signed_in(owner), f"/en/studio/orders/{sale.pk}/refund/"
    chosen = {"lines": line_ids(sale), "reason_code": "damaged", "note": "Sorry for that"}

    page = words_of(browser.post(address, chosen))
    assert "Give back" in page
    assert "SAR 90.00" in page
    assert "SAR 10.00" in page
    assert sale.refunds.count() == 0

    answer = browser.post(address, chosen | {"confirmed": "yes"})
    assert answer.status_code == 302
    row = sale.refunds.get()
    assert (row.amount_minor, row.reason_code, row.note) == (10_000, "damaged", "Sorry for that")
    assert row.decided_by == owner


def test_a_second_confirmation_gives_nothing_back_twice() -> None:
    owner = a_user()
    sale = a_sale(a_published_listing(shop=a_shop(owner=owner)))
    browser, address = signed_in(owner), f"/en/studio/orders/{sale.pk}/refund/"
    chosen = {"lines": line_ids(sale), "reason_code": "damaged", "confirmed": "yes"}

    browser.post(address, chosen)
    browser.post(address, chosen)

    assert sale.refunds.count() == 1


def test_lines_of_another_sale_are_refused_and_the_words_stay() -> None:
    owner = a_user()
    shop = a_shop(owner=owner)
    sale, other = (a_sale(a_published_listing(shop=shop)) for _ in range(2))

    answer = signed_in(owner).post(
        f"/en/studio/orders/{sale.pk}/refund/",
        {"lines": line_ids(other), "reason_code": "damaged", "note": "kept", "confirmed": "yes"},
    )

    assert "kept" in answer.content.decode()
    assert not sale.refunds.exists()
    assert not other.refunds.exists()
