"""docs/money.md's worked example, to the cent: one order of two shops, one affiliate."""

from __future__ import annotations

import pytest

from creatorhub.money import Money
from creatorhub.sales.services import refund_amounts
from tests.factories.sales import a_click, a_sale, an_affiliate, an_order, pay, refund, stands_at
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


class Market:
    """Shop A sells for 60.00, shop B for 40.00; Noor earns 5 % of what A sells."""

    def __init__(self) -> None:
        self.a, self.b = a_shop(), a_shop()
        self.noor = an_affiliate(self.a, rate_bps=500)
        of_a = a_published_listing(shop=self.a, price=6_000)
        of_b = a_published_listing(shop=self.b, price=4_000)
        order = an_order(of_a, of_b, clicks=[a_click(self.noor, of_a)])
        self.sale_a, self.sale_b = pay(order)

    def held(self) -> list[int]:
        """Shop A, shop B, Noor."""
        return [stands_at("payee_held", who) for who in (self.a.owner, self.b.owner, self.noor)]


@pytest.fixture
def market() -> Market:
    return Market()


def test_a_sale_is_split_between_shops_affiliate_and_market(market: Market) -> None:
    assert market.held() == [5_100, 3_600, 300]
    assert stands_at("platform_fees") == 1_000
    assert stands_at("processor_balance") == 10_000


def test_each_line_gives_away_exactly_its_base(market: Market) -> None:
    line = market.sale_a.lines.get()
    assert (line.base_minor, line.fee_minor, line.commission_minor) == (6_000, 600, 300)
    assert line.fee_minor + line.commission_minor + line.net_minor == line.base_minor


def test_a_fee_is_exact_to_the_basis_point() -> None:
    sale = a_sale(a_download_listing(price=1_000_000), address=None)
    assert sale.fee_minor == 100_000


def test_twenty_of_line_a_given_back_before_release(market: Market) -> None:
    line = market.sale_a.lines.get()

    refund_amounts(
        sale=market.sale_a, amounts={line.pk: Money(2_000, "SAR")}, reason_code="damaged"
    )

    assert market.held() == [5_100 - 1_700, 3_600, 300 - 100]
    assert stands_at("platform_fees") == 1_000 - 200
    assert stands_at("processor_balance") == 10_000 - 2_000


def test_the_rest_of_line_a_leaves_nothing_of_it(market: Market) -> None:
    line = market.sale_a.lines.get()
    refund_amounts(
        sale=market.sale_a, amounts={line.pk: Money(2_000, "SAR")}, reason_code="damaged"
    )

    refund(market.sale_a)

    assert market.held() == [0, 3_600, 0]
    assert stands_at("platform_fees") == 400
    assert stands_at("processor_balance") == 4_000
