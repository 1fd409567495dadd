"""A refund that does not arrive puts the books back, and everybody is told."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.affiliates.models import Commission
from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import SandboxControls
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.services import fail_refund, release_due, settle_refund
from tests.factories.accounts import a_staff_user
from tests.factories.sales import (
    a_click,
    a_sale,
    an_affiliate,
    let_effects_happen,
    refund,
    stands_at,
)
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


def a_shared_sale(price: int = 60_000) -> Sale:
    shop = a_shop()
    listing = a_download_listing(shop=shop, price=price)
    noor = an_affiliate(shop, rate_bps=500)
    return a_sale(listing, clicks=[a_click(noor, listing)], address=None)


@pytest.fixture
def sale() -> Sale:
    SandboxControls.objects.create(id=1, refuses_refunds=True)
    return a_shared_sale()


def test_every_share_is_back_where_it_was(sale: Sale) -> None:
    given = refund(sale)
    let_effects_happen()

    given.refresh_from_db()
    sale.order.refresh_from_db()
    assert given.state == Refund.State.FAILED
    assert sale.order.status == "paid"
    assert stands_at("payee_held", sale.shop.owner) == 51_000
    assert stands_at("platform_fees") == 6_000
    assert stands_at("processor_balance") == 60_000
    commission = Commission.objects.get()
    assert (commission.reversed_minor, commission.state) == (0, Commission.State.PENDING)
    check_invariants()


def test_it_waits_with_a_reason_and_a_date_and_the_buyer_keeps_the_file(sale: Sale) -> None:
    refund(sale)
    let_effects_happen()

    line = sale.lines.get()
    (hold,) = line.holds.filter(closed_at=None)
    assert hold.reason_code == "refund_failed"
    assert hold.expected_until > now() + dt.timedelta(days=13)
    assert line.item.grant.is_open


def test_buyer_shop_and_staff_are_told(sale: Sale) -> None:
    staff = a_staff_user()
    refund(sale)
    let_effects_happen()

    owner = sale.shop.owner.user
    assert owner is not None
    for address in (sale.order.checkout.email, owner.email, staff.email):
        assert SentMail.objects.filter(to=address, text__contains="600").exists(), address


def test_it_can_be_given_back_again(sale: Sale) -> None:
    refund(sale)
    let_effects_happen()
    SandboxControls.objects.update(refuses_refunds=False)

    again = refund(sale)
    let_effects_happen()

    again.refresh_from_db()
    assert again.state == Refund.State.PAID
    assert stands_at("processor_balance") == 0
    check_invariants()


def test_after_release_the_debt_is_lifted_first(sale: Sale) -> None:
    with travel_to(now() + dt.timedelta(days=15)):
        release_due()
        run_payouts(key="test", actor=a_staff_user())
        given = refund(sale)
        assert stands_at("payee_receivable", sale.shop.owner) == 51_000

        fail_refund(reference=f"refund:{given.pk}")

        assert stands_at("payee_receivable", sale.shop.owner) == 0
        assert stands_at("payee_payable", sale.shop.owner) == 0
        commission = Commission.objects.get()
        assert commission.state == Commission.State.APPROVED
        check_invariants()


def test_failing_twice_or_arriving_after_failing_changes_nothing() -> None:
    sale = a_shared_sale()
    given = refund(sale)
    reference = f"refund:{given.pk}"
    settle_refund(reference=reference)
    fail_refund(reference=reference)
    fail_refund(reference=reference)
    settle_refund(reference=reference)

    given.refresh_from_db()
    assert given.state == Refund.State.FAILED
    assert stands_at("processor_balance") == 60_000
    check_invariants()


def test_references_of_others_are_left_alone() -> None:
    settle_refund(reference="late:100001")
    fail_refund(reference="something:else")
    assert not SentMail.objects.exists()


def test_goods_that_were_not_sent_stay_with_the_shop() -> None:
    SandboxControls.objects.create(id=1, refuses_refunds=True)
    sale = a_sale(a_published_listing(price=10_000, stock=2))
    refund(sale)
    let_effects_happen()
    line = sale.lines.get()
    assert line.item.fulfilment.state == "cancelled"
    assert line.item.num_allocated == 0
    assert stands_at("payee_held", sale.shop.owner) == 9_000
    check_invariants()
