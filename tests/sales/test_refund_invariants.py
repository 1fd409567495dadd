"""Each invariant about money asked back fails for its own kind of damage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from creatorhub.foundation.clock import now
from creatorhub.ledger.models import JournalEntry
from creatorhub.operations.services.check_invariants import check_invariants, look_at_invariants
from creatorhub.sales.models import Hold, RefundRequest, ReturnedPayment, SaleLine
from tests.factories.refunds import a_request, paid_differently
from tests.factories.sales import a_sale, an_order, refund
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db

DAMAGE: dict[str, Callable[[], object]] = {
    "refunds.pieces_that_do_not_add_up": lambda: SaleLine.objects.filter(
        refunded_minor__gt=0
    ).update(refunded_quantity=0),
    "refunds.requests_nobody_answers": lambda: RefundRequest.objects.update(
        answer_by=now() - dt.timedelta(days=1)
    ),
    "refunds.money_asked_back_that_moves": lambda: Hold.objects.filter(
        reason_code="refund_asked"
    ).update(closed_at=now()),
    "refunds.returned_payments_without_their_entries": lambda: ReturnedPayment.objects.create(
        checkout=an_order(a_published_listing()),
        amount_minor=1,
        currency="SAR",
        reason_code="paid_too_much",
        created_at=now(),
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_under_its_own_name(name: str) -> None:
    refund(a_sale(a_published_listing()))
    a_request(a_sale(a_published_listing()))
    paid_differently(an_order(a_published_listing(price=10_000)), minor=9_000)
    check_invariants()
    assert not JournalEntry.objects.filter(kind__startswith="aside").exists()
    DAMAGE[name]()
    assert name in {row.invariant.name for row in look_at_invariants() if not row.is_ok}
