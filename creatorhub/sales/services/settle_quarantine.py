"""A payment that was put aside: the order is completed when it is right, or the money goes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.offers.goods.stock import release_stock
from creatorhub.payments.gateway import CheckoutStatus
from creatorhub.payments.models import PaymentAttempt, Quarantine
from creatorhub.payments.services import close_quarantine, status_of
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.models import Checkout, ReturnedPayment
from creatorhub.sales.services.bear_fee import bear_fee
from creatorhub.sales.services.complete_attempt import complete_attempt
from creatorhub.sales.services.return_payment import return_payment

State = PaymentAttempt.State


@dataclass(frozen=True, slots=True)
class PutAside:
    """What was asked and what came in, as the provider said when it was put aside."""

    asked: Money
    paid: Money | None

    @property
    def surplus(self) -> Money | None:
        """What exceeds the order, when the order is covered; None when it is not."""
        if self.paid is None or self.paid.currency != self.asked.currency:
            return None
        return self.paid - self.asked if self.paid >= self.asked else None

    @property
    def can_complete(self) -> bool:
        return self.surplus is not None


def put_aside(row: Quarantine) -> PutAside:
    """What the row says, without asking anybody."""
    minor, currency = row.payload.get("paid_minor"), row.payload.get("paid_currency")
    paid = None if minor is None else Money(minor, currency or row.attempt.currency)
    return PutAside(row.attempt.amount, paid)


def complete_quarantined(*, row: Quarantine, actor: Any, note: str) -> bool:
    """The order is completed; what was paid too much goes back. True once it is recorded.

    The provider is asked again first: only enough money of the right currency completes an
    order. RefundRefusedError otherwise, or when a colleague was faster.
    """
    told = PutAside(row.attempt.amount, _paid_now(row))
    if told.surplus is None:
        raise RefundRefusedError(_("Too little was paid for this order, so it can only go back."))
    _accept(row, told, actor, note)
    return complete_attempt(reference=row.attempt.reference)


def return_quarantined(*, row: Quarantine, actor: Any, note: str) -> ReturnedPayment:
    """All that came in goes back to the buyer, and the order is closed.

    The provider is asked for the amount. RefundRefusedError when nothing was paid, or a colleague
    was faster.
    """
    paid = _paid_now(row)
    if paid is None:
        raise RefundRefusedError(_("The payment provider says that nothing was paid."))
    return _return(row, paid, actor, note)


def _paid_now(row: Quarantine) -> Money | None:
    status: CheckoutStatus = status_of(attempt=row.attempt)
    return status.amount if status.state == "paid" else None


@transaction.atomic(durable=True)
def _accept(row: Quarantine, told: PutAside, actor: Any, note: str) -> None:
    attempt = _locked(row)
    attempt.state = State.PAID
    if told.surplus and told.paid is not None:
        _keep_received(attempt, told.paid)
        return_payment(
            checkout=Checkout.objects.select_related("order").get(
                attempt_reference=attempt.reference
            ),
            amount=told.surplus,
            reason_code="paid_too_much",
            actor=actor,
        )
    attempt.save()
    close_quarantine(row=row, outcome=note, actor=actor)


@transaction.atomic(durable=True)
def _return(row: Quarantine, paid: Money, actor: Any, note: str) -> ReturnedPayment:
    attempt = _locked(row)
    checkout = Checkout.objects.select_related("order").get(attempt_reference=attempt.reference)
    _keep_received(attempt, paid)
    attempt.state, attempt.completed_at = State.COMPLETED, now()
    attempt.save()
    if checkout.order.status != "expired":
        release_stock(order_lines=checkout.order.lines.all())
    checkout.order.set_status("refunded")
    close_quarantine(row=row, outcome=note, actor=actor)
    returned = return_payment(
        checkout=checkout, amount=paid, reason_code=row.reason_code, actor=actor
    )
    bear_fee(attempt=attempt, checkout=checkout)
    return returned


def _locked(row: Quarantine) -> PaymentAttempt:
    attempt = PaymentAttempt.objects.select_for_update().get(pk=row.attempt_id)
    is_open = Quarantine.objects.filter(pk=row.pk, closed_at=None).exists()
    if attempt.state != State.QUARANTINED or not is_open:
        raise RefundRefusedError(_("A colleague has settled this in the meantime."))
    return attempt


def _keep_received(attempt: PaymentAttempt, paid: Money) -> None:
    """Refunds are measured by what came in, in its own currency."""
    attempt.received_minor, attempt.received_currency = paid.minor, paid.currency
