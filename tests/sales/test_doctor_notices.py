"""Each invariant fails for its own kind of damage; an honest market has none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F
from oscar.apps.order.models import Line, Order
from oscar.apps.partner.models import StockRecord

from creatorhub.affiliates.models import Commission, CommissionAdjustment
from creatorhub.foundation.clock import now
from creatorhub.ledger.models import Account
from creatorhub.offers.models import Grant
from creatorhub.operations.invariants import all_invariants
from creatorhub.operations.services.check_invariants import (
    BrokenInvariantError,
    check_invariants,
    look_at_invariants,
)
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.models import Dispute, Hold, Refund, Sale, SaleLine
from tests.factories.sales import a_click, an_affiliate, an_order, pay, refund, send
from tests.factories.shops import a_download_listing, a_published_listing, a_shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def _market() -> None:
    """A sale of goods and a file through a link, part of it given back; an order left unpaid."""
    shop = a_shop()
    mug, book = a_published_listing(shop=shop, stock=9), a_download_listing(shop=shop)
    noor = an_affiliate(shop)
    (sale,) = pay(an_order(mug, book, clicks=[a_click(noor, mug)]))
    refund(sale, sale.lines.get(title=book.title).pk)
    (second,) = pay(an_order(mug, book))
    send(second)
    an_order(mug)


def newest(model: type[SaleLine] | type[Refund] | type[Sale]) -> int:
    return int(model.objects.order_by("-pk")[0].pk)


def lose_the_sale() -> None:
    PaymentAttempt.objects.filter(state="awaiting").update(
        state="paid", payment_id="pay_1", paid_at=now() - dt.timedelta(minutes=6)
    )


def forget_the_payment() -> None:
    paid = PaymentAttempt.objects.filter(state="completed").order_by("pk")[0]
    PaymentAttempt.objects.filter(pk=paid.pk).update(amount_minor=1)


def charge_nobody() -> None:
    Order.objects.filter(status="pending-payment").update(status="paid")


def give_back_from_the_shop_alone() -> None:
    SaleLine.objects.filter(refunded_minor=0).update(refunded_minor=F("base_minor"))


def dispute_behind_our_back(state: str = "needs_response") -> None:
    Dispute.objects.create(
        order=Order.objects.filter(status="paid").order_by("-pk")[0],
        provider="sandbox",
        provider_id="dp_1",
        payment_id="pay_1",
        amount_minor=1,
        currency="SAR",
        state=state,
        reason="fraudulent",
        opened_at=now(),
        taken_at=now(),
    )


def let_a_commission_wait_for_nothing() -> None:
    SaleLine.objects.filter(commission_minor__gt=0).update(released_at=now())
    Hold.objects.update(closed_at=now())


DAMAGE: dict[str, Callable[[], object]] = {
    "sales.money_in_review_of_no_dispute": dispute_behind_our_back,
    "sales.disputes_without_their_entries": dispute_behind_our_back,
    "sales.disputed_money_that_does_not_wait": dispute_behind_our_back,
    "sales.disputes_in_two_minds": lambda: dispute_behind_our_back("lost"),
    "sales.commissions_that_wait_for_no_reason": let_a_commission_wait_for_nothing,
    "sales.orders_without_their_payment": charge_nobody,
    "sales.payments_without_their_sale": lose_the_sale,
    "sales.orders_that_do_not_add_up": lambda: Line.objects.update(line_price_incl_tax=1),
    "sales.sales_that_do_not_add_up": lambda: Sale.objects.filter(pk=newest(Sale)).update(
        fee_minor=1
    ),
    "sales.lines_that_owe_their_shop": give_back_from_the_shop_alone,
    "sales.money_held_by_nobody": lambda: SaleLine.objects.filter(refunded_minor=0).update(
        released_at=now()
    ),
    "sales.money_that_waits_for_no_reason": lambda: Hold.objects.update(closed_at=now()),
    "sales.commissions_that_differ_from_their_line": lambda: Commission.objects.filter(
        reversed_minor=0
    ).update(amount_minor=1),
    "sales.commissions_their_adjustments_do_not_explain": lambda: (
        CommissionAdjustment.objects.create(
            commission=Commission.objects.all()[0],
            kind="refund",
            source="x",
            delta_minor=-1,
            reason_code="refunded",
            created_at=now(),
        )
    ),
    "sales.refunds_that_do_not_add_up": lambda: Refund.objects.update(amount_minor=1),
    "sales.events_without_their_entry": lambda: SaleLine.objects.filter(refunded_minor=0).update(
        released_at=now()
    ),
    "sales.grants_of_nothing_paid": lambda: Grant.objects.update(
        revoked_at=None, revoked_reason=""
    ),
    "sales.stock_held_by_closed_orders": lambda: Order.objects.filter(
        status="pending-payment"
    ).update(status="expired"),
    "offers.stock_out_of_bounds": lambda: StockRecord.objects.filter(num_in_stock=8).update(
        num_in_stock=0
    ),
    "offers.stock_held_by_nobody": lambda: StockRecord.objects.update(num_allocated=5),
    "offers.stock_held_after_the_end": lambda: Line.objects.filter(num_allocated=0).update(
        num_allocated=1
    ),
    "ledger.wrong_balances": lambda: Account.objects.update(balance_minor=7),
}


@pytest.mark.usefixtures("_market")
@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_under_its_own_name(name: str) -> None:
    check_invariants()
    DAMAGE[name]()
    broken = {finding.invariant.name for finding in look_at_invariants() if not finding.is_ok}
    assert name in broken
    with pytest.raises(BrokenInvariantError, match=name):
        check_invariants()


def test_every_invariant_of_sales_and_offers_is_damaged_here() -> None:
    ours = {one.name for one in all_invariants() if one.name.startswith(("sales.", "offers."))}
    assert ours <= set(DAMAGE)


@pytest.mark.usefixtures("_market")
def test_the_doctor_says_each_and_is_content() -> None:
    said = StringIO()
    call_command("doctor", stdout=said)
    assert said.getvalue().count("ok    ") == len(all_invariants())


@pytest.mark.usefixtures("_market")
def test_the_doctor_names_the_rows_and_fails() -> None:
    forget_the_payment()
    said = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", stdout=said)
    assert stopped.value.code == 1
    number = Order.objects.filter(status="paid").order_by("pk")[0].number
    assert "BROKEN sales.orders_without_their_payment" in said.getvalue()
    assert f"order {number}" in said.getvalue()
