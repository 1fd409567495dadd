"""Each invariant about orders their shop collects, and about fees, fails for its own damage."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from oscar.apps.order.models import Line
from oscar.apps.partner.models import Partner

from creatorhub.foundation.clock import now
from creatorhub.operations.invariants import all_invariants
from creatorhub.operations.services.check_invariants import check_invariants, look_at_invariants
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.models import CashOrder, HandRefund, Sale, SaleLine
from creatorhub.sales.services.confirm_cash import refuse_delivery
from tests.factories.cash import a_cash_order, deliver, takes_cash
from tests.factories.sales import a_click, a_sale, an_affiliate, refund
from tests.factories.shops import a_published_listing, a_shop

pytestmark = pytest.mark.django_db

CASH_SALES = Sale.objects.filter(collected_by="shop")


@pytest.fixture(autouse=True)
def _market() -> None:
    """Collected through a link, given back in part, waiting, not taken; and one paid by card."""
    shop = a_shop()
    takes_cash(shop)
    mug, card = a_published_listing(shop=shop, stock=20), a_published_listing()
    noor = an_affiliate(shop)
    deliver(a_cash_order(mug, clicks=[a_click(noor, mug)]))
    refund(deliver(a_cash_order(mug)))
    a_cash_order(mug)
    refuse_delivery(cash=a_cash_order(mug), reason_code="delivery_refused", actor=shop.owner.user)
    a_sale(card)


def two_shops_in_one_order() -> None:
    """Oscar's own line is moved to another partner, as no basket of ours lets it be."""
    order = CashOrder.objects.filter(state="collected")[0].checkout.order
    line = Line.objects.filter(order=order)[0]
    line.pk, line.partner = None, Partner.objects.exclude(pk=line.partner_id)[0]
    line.save()


DAMAGE: dict[str, Callable[[], object]] = {
    "cash.cash_orders_in_two_minds": lambda: CashOrder.objects.filter(state="refused").update(
        state="expired"
    ),
    "cash.shops_collect_by_both_words": lambda: CASH_SALES.update(collected_by="processor"),
    "cash.debts_that_are_not_their_shares": lambda: SaleLine.objects.filter(
        sale__in=CASH_SALES, refunded_minor=0, fee_minor__gt=0
    ).update(fee_minor=1),
    "cash.commissions_paid_by_nobody": lambda: SaleLine.objects.filter(
        sale__in=CASH_SALES, commission_minor__gt=0
    ).update(released_at=now()),
    "cash.nothing_left_of_what_was_not_taken": lambda: SaleLine.objects.filter(
        sale__order__checkout__cash__state="refused"
    ).update(refunded_minor=0, fee_reversed_minor=0, commission_reversed_minor=0),
    "cash.hand_refunds_without_their_hand": lambda: HandRefund.objects.all().delete(),
    "cash.unplaced_offline_orders": two_shops_in_one_order,
    "fees.fees_without_their_entry": lambda: PaymentAttempt.objects.filter(
        gateway="sandbox", state="completed"
    ).update(fee_minor=30),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_under_its_own_name(name: str) -> None:
    check_invariants()
    DAMAGE[name]()
    assert name in {row.invariant.name for row in look_at_invariants() if not row.is_ok}


def test_every_one_of_them_is_damaged_here() -> None:
    ours = {one.name for one in all_invariants() if one.name.startswith(("cash.", "fees."))}
    assert ours == set(DAMAGE)
