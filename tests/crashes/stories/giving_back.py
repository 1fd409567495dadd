"""Refunds: one that arrives, and one that the buyer's bank refuses."""

from __future__ import annotations

from typing import Any

from creatorhub.ledger.models import JournalEntry
from creatorhub.offers.models import Grant
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import (
    PaymentAttempt,
    SandboxCheckout,
    SandboxMovement,
)
from creatorhub.payments.services import handle_due_events
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.services import refund_lines
from tests.crashes.stories.story import Facts, Stall, Story, the_provider
from tests.factories.sales import line_ids


def a_sale_to_give_back(stall: Stall) -> Facts:
    the_provider()
    return {"sale": stall.sale().pk}


def a_bank_that_refuses(stall: Stall) -> Facts:
    the_provider()
    sale = stall.sale()
    the_provider(refuses_refunds=True)
    return {"sale": sale.pk}


def give_back(*, sale: int) -> None:
    """The shop gives all of it back, the worker asks the provider, and hears its answer."""
    row = Sale.objects.get(pk=sale)
    if not Refund.objects.filter(sale=row).exists():
        refund_lines(sale=row, sale_lines=line_ids(row), reason_code="damaged")
    deliver_due()
    handle_due_events()


def is_unasked(*, sale: int) -> bool:
    """Decided, and the provider has not moved anything."""
    refund = Refund.objects.filter(sale=sale).first()
    return refund is not None and refund.state == Refund.State.SENDING


def given_back_once(*, sale: int) -> None:
    refund = Refund.objects.get(sale=sale)
    page = _page(refund)
    assert refund.state == Refund.State.PAID
    assert page.refunded_minor == refund.amount_minor == page.amount_minor
    assert _movements(page).count() == 1
    assert not Grant.objects.filter(order_line__order=refund.sale.order, revoked_at=None).exists()
    _nothing_more_goes_back(refund)


def refused_once(*, sale: int) -> None:
    refund = Refund.objects.get(sale=sale)
    page = _page(refund)
    assert refund.state == Refund.State.FAILED
    assert page.refunded_minor == 0
    assert _movements(page).count() == 1
    entry = JournalEntry.objects.filter(idempotency_key=f"refund_failed:{refund.pk}")
    assert entry.count() == 1
    assert Grant.objects.filter(order_line__order=refund.sale.order, revoked_at=None).count() == 1


def _nothing_more_goes_back(refund: Refund) -> None:
    try:
        refund_lines(sale=refund.sale, sale_lines=line_ids(refund.sale), reason_code="damaged")
    except RefundRefusedError:
        return
    raise AssertionError("the same money went back a second time")


def _page(refund: Refund) -> SandboxCheckout:
    attempt = PaymentAttempt.objects.get(reference=refund.sale.order.checkout.attempt_reference)
    return SandboxCheckout.objects.get(public_id=attempt.provider_id)


def _movements(page: SandboxCheckout) -> Any:
    return SandboxMovement.objects.filter(destination=page.payment_id)


REFUND = Story("refund", a_sale_to_give_back, give_back, given_back_once, is_unasked)
REFUSED_REFUND = Story("refused refund", a_bank_that_refuses, give_back, refused_once, is_unasked)
