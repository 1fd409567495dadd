"""What a person says of offline money, as events in the inbox of every provider."""

from __future__ import annotations

import secrets

from django.db import transaction

from creatorhub.payments.gateway import GatewayEvent
from creatorhub.payments.models import PaymentRefund
from creatorhub.payments.offline.models import OfflinePayment, OfflineRefund
from creatorhub.payments.services.receive_event import store_event

State = OfflinePayment.State


@transaction.atomic
def say_paid(*, provider_id: str) -> bool:
    """The whole amount reached the shop: written down and told. False when it was closed before.

    Saying it twice changes nothing.
    """
    payment = OfflinePayment.objects.select_for_update().get(public_id=provider_id)
    if payment.state != State.OPEN:
        return payment.state == State.PAID
    payment.state = State.PAID
    payment.payment_id = f"paid_{secrets.token_urlsafe(20)}"
    payment.save(update_fields=["state", "payment_id"])
    event = GatewayEvent(
        event_id=f"paid:{payment.public_id}",
        type="checkout.paid",
        data={"reference": payment.reference, "payment": payment.payment_id},
    )
    store_event(provider=payment.gateway, event=event)
    return True


@transaction.atomic
def say_not_paid(*, provider_id: str) -> bool:
    """It will not be paid any more, e.g. refused at the door. False when it was paid already."""
    payment = OfflinePayment.objects.select_for_update().get(public_id=provider_id)
    if payment.state == State.PAID:
        return False
    payment.state = State.CLOSED
    payment.save(update_fields=["state"])
    return True


@transaction.atomic
def keep_open(*, provider_id: str, until_decided: bool) -> None:
    """Whether a person has to decide before the clock may close it."""
    OfflinePayment.objects.filter(public_id=provider_id, state=State.OPEN).update(
        is_kept_open=until_decided
    )


@transaction.atomic
def say_given_back(*, refund_reference: str) -> None:
    """The shop handed a refund to the buyer. Saying it twice tells it once."""
    _tell("refund.succeeded", refund_reference)


@transaction.atomic
def say_not_given_back(*, refund_reference: str) -> None:
    """It was decided that the buyer never got it: the refund failed."""
    refund = PaymentRefund.objects.select_for_update().get(reference=refund_reference)
    if refund.state == PaymentRefund.State.FAILED:
        return
    made = OfflineRefund.objects.select_related("payment").get(public_id=refund.provider_id)
    payment = OfflinePayment.objects.select_for_update().get(pk=made.payment_id)
    payment.refunded_minor -= made.amount_minor
    payment.save(update_fields=["refunded_minor"])
    _tell("refund.failed", refund_reference)


def _tell(event_type: str, refund_reference: str) -> None:
    refund = PaymentRefund.objects.select_related("attempt").get(reference=refund_reference)
    event = GatewayEvent(
        event_id=f"{event_type}:{refund_reference}",
        type=event_type,
        data={"refund": refund_reference, "reference": refund.attempt.reference},
    )
    store_event(provider=refund.attempt.gateway, event=event)
