"""Once a day the book is held beside the processor's own word; staff hear of a difference once."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.outbox.models import SentMail
from creatorhub.payouts.models import BalanceCheck
from creatorhub.payouts.services import check_balances, run_payouts
from creatorhub.payouts.tasks import check_balances as check_task
from tests.factories.accounts import a_staff_user
from tests.factories.payouts import deliver_payouts, release
from tests.factories.rails import a_connect_payee
from tests.factories.sales import a_sale, let_effects_happen, refund
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def lose(minor: int) -> None:
    """The book believes in money that nobody ever paid."""
    post_entry(
        kind="sale",
        reference="order:0",
        idempotency_key=f"lost:{minor}",
        lines=[
            debit(AccountRef("processor_balance"), Money(minor, "SAR")),
            credit(AccountRef("platform_fees"), Money(minor, "SAR")),
        ],
    )


def test_sales_refunds_and_payouts_leave_no_difference() -> None:
    sale, other = a_sale(a_published_listing()), a_sale(a_published_listing())
    shop = a_connect_payee(payee=sale.shop.owner.payee)
    line = sale.lines.first()
    assert line is not None
    release(shop, line.net_minor, currency=sale.currency, order=sale.order.number)
    run_payouts(key="r1")
    (check,) = check_balances()
    assert (check.in_flight_minor, check.difference) == (line.net_minor, Money(0, "SAR"))
    deliver_payouts()
    refund(other)
    let_effects_happen()
    with travel_to(now() + DAY):
        (later,) = check_balances()
    assert (later.in_flight_minor, later.difference) == (0, Money(0, "SAR"))
    assert later.alerted_at is None


def test_it_is_looked_at_once_a_day() -> None:
    a_sale(a_published_listing())
    assert check_task() == 1
    assert check_task() == 0
    assert str(BalanceCheck.objects.get()).startswith("SAR on ")


def test_a_difference_alerts_staff_once() -> None:
    a_sale(a_published_listing())
    staff = a_staff_user()
    lose(500)
    (check,) = check_balances()
    assert check.difference == Money(-500, "SAR")
    with travel_to(now() + DAY):
        (same,) = check_balances()
    assert same.alerted_at is None
    let_effects_happen()
    assert SentMail.objects.filter(to=staff.email, subject__contains="differs").count() == 1
