"""A refund takes every share back from where it lies: held, payable, or a debt."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.accounts.models import Party
from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.models import Refund, Sale, SaleLine
from creatorhub.sales.services import release_due
from tests.factories.accounts import a_staff_user
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    let_effects_happen,
    refund,
    stands_at,
)
from tests.factories.shops import a_download_listing, a_shop

pytestmark = pytest.mark.django_db

LATER = dt.timedelta(days=15)


@pytest.fixture
def sale() -> Sale:
    """A file for 600.00 with 10 % for the market and 5 % for Noor."""
    shop = a_shop()
    listing = a_download_listing(shop=shop, price=60_000)
    noor = an_affiliate(shop, rate_bps=500)
    return a_sale(listing, clicks=[a_click(noor, listing)], address=None)


def noor_of(sale: Sale) -> Party:
    commission = Commission.objects.get(attribution__order_line__order=sale.order)
    return commission.attribution.enrolment.owner


def pay_everybody() -> None:
    run_payouts(key=f"test:{now().isoformat()}", actor=a_staff_user())
    let_effects_happen()


def test_before_release_it_leaves_what_is_held(sale: Sale) -> None:
    refund(sale)

    assert stands_at("payee_held", sale.shop.owner) == 0
    assert stands_at("payee_held", noor_of(sale)) == 0
    assert stands_at("platform_fees") == 0
    assert stands_at("processor_balance") == 0
    check_invariants()


def test_between_release_and_payout_it_leaves_what_is_payable(sale: Sale) -> None:
    with travel_to(now() + LATER):
        assert release_due() == 1
        assert stands_at("payee_payable", sale.shop.owner) == 51_000
        assert stands_at("payee_payable", noor_of(sale)) == 3_000

        refund(sale)

        assert stands_at("payee_payable", sale.shop.owner) == 0
        assert stands_at("payee_payable", noor_of(sale)) == 0
        assert stands_at("payee_receivable", sale.shop.owner) == 0
        check_invariants()


def test_after_a_payout_it_becomes_a_debt_and_the_buyer_still_gets_it_all(sale: Sale) -> None:
    with travel_to(now() + LATER):
        release_due()
        pay_everybody()
        assert stands_at("payee_payable", sale.shop.owner) == 0

        given = refund(sale)

        assert given.amount_minor == 60_000
        assert stands_at("payee_receivable", sale.shop.owner) == 51_000
        assert stands_at("payee_receivable", noor_of(sale)) == 3_000
        assert stands_at("platform_fees") == 0
        check_invariants()


def test_the_next_release_settles_the_debt_first(sale: Sale) -> None:
    shop, noor = sale.shop, noor_of(sale)
    with travel_to(now() + LATER):
        release_due()
        pay_everybody()
        refund(sale)
        next_sale = a_sale(a_download_listing(shop=shop, price=100_000), address=None)
    with travel_to(now() + 2 * LATER):
        assert release_due() == 1

        assert stands_at("payee_receivable", shop.owner) == 0
        assert stands_at("payee_payable", shop.owner) == 90_000 - 51_000
        assert stands_at("payee_receivable", noor) == 3_000
        assert next_sale.lines.get().released_at is not None
        check_invariants()


def test_part_payable_part_paid_out_is_split_to_the_cent(sale: Sale) -> None:
    shop = sale.shop
    with travel_to(now() + LATER):
        release_due()
        pay_everybody()
        a_sale(a_download_listing(shop=shop, price=20_000), address=None)
    with travel_to(now() + 2 * LATER):
        release_due()
        assert stands_at("payee_payable", shop.owner) == 18_000

        refund(sale)

        assert stands_at("payee_payable", shop.owner) == 0
        assert stands_at("payee_receivable", shop.owner) == 51_000 - 18_000
        check_invariants()


def test_the_money_reaches_the_buyer_and_the_refund_is_settled(sale: Sale) -> None:
    given = refund(sale)
    assert given.state == Refund.State.SENDING

    let_effects_happen()

    given.refresh_from_db()
    sale.order.refresh_from_db()
    assert given.state == Refund.State.PAID
    assert sale.order.status == "refunded"
    line = SaleLine.objects.get(sale=sale)
    assert not line.holds.filter(closed_at=None).exists()
    check_invariants()
