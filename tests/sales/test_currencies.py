"""Currencies without cents, and with thousandths in steps of ten."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Sale
from creatorhub.sales.services import refund_amounts
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    attempt_of,
    refund,
    stands_at,
)
from tests.factories.shops import a_download_listing, a_shop

pytestmark = pytest.mark.django_db


def sold(currency: str, country: str, price: int, rate_bps: int) -> Sale:
    shop = a_shop(currency=currency, country=country)
    listing = a_download_listing(shop=shop, price=price)
    noor = an_affiliate(shop, rate_bps=rate_bps)
    return a_sale(listing, clicks=[a_click(noor, listing)], address=None)


def test_dinars_move_in_steps_of_ten_fils() -> None:
    sale = sold("KWD", "KW", 12_350, rate_bps=700)  # 12.350 KWD

    line = sale.lines.get()
    assert attempt_of(sale.order.checkout).amount_minor == 12_350
    assert (line.fee_minor, line.commission_minor) == (1_230, 860)  # 1.235 and 0.8645, in steps
    assert line.net_minor == 12_350 - 1_230 - 860
    assert stands_at("payee_held", sale.shop.owner, "KWD") == line.net_minor

    refund_amounts(sale=sale, amounts={line.pk: Money(5_000, "KWD")}, reason_code="damaged")
    line.refresh_from_db()
    assert all(
        minor % 10 == 0
        for minor in (line.fee_reversed_minor, line.commission_reversed_minor, line.net_left.minor)
    )
    refund(sale)
    assert stands_at("payee_held", sale.shop.owner, "KWD") == 0
    assert stands_at("platform_fees", currency="KWD") == 0
    check_invariants()


def test_a_step_finer_than_the_currencys_is_not_given_back() -> None:
    sale = sold("KWD", "KW", 12_350, rate_bps=700)
    line = sale.lines.get()
    with pytest.raises(RefundRefusedError):
        refund_amounts(sale=sale, amounts={line.pk: Money(5_005, "KWD")}, reason_code="damaged")


def test_yen_have_no_cents() -> None:
    sale = sold("JPY", "JP", 1_999, rate_bps=333)

    line = sale.lines.get()
    assert attempt_of(sale.order.checkout).amount_minor == 1_999
    assert (line.fee_minor, line.commission_minor) == (199, 66)
    assert stands_at("payee_held", sale.shop.owner, "JPY") == 1_999 - 199 - 66
    refund(sale)
    assert stands_at("processor_balance", currency="JPY") == 0
    check_invariants()
