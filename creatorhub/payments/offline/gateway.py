"""The two gateways without a processor: cash at the door, and a transfer to the shop's account.

They keep every promise of PaymentGateway, so that order, attempt, inbox and refund have one shape.
There is no hosted page: the order's own page says what happens next. What is paid is a person's
word (`offline.word`), told through the same inbox as any provider's event.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import (
    KeyReusedError,
    PaymentError,
    RefundTooLargeError,
    SignatureError,
)
from creatorhub.payments.gateway import (
    CheckoutRequest,
    CheckoutStatus,
    DisputeStatus,
    GatewayEvent,
    HostedPage,
    RefundResult,
)
from creatorhub.payments.offline.models import OfflinePayment, OfflineRefund

CASH_ON_DELIVERY = "cash_on_delivery"
BANK_TRANSFER = "bank_transfer"
OFFLINE = (CASH_ON_DELIVERY, BANK_TRANSFER)

State = OfflinePayment.State


class OfflineGateway:
    """One offline way to pay. Nobody can send it an event from outside."""

    def __init__(self, name: str) -> None:
        self.name = name

    def create_checkout(self, request: CheckoutRequest) -> HostedPage:
        """The order's own page, by path only: it opens on whatever address the buyer reached."""
        payment, _ = OfflinePayment.objects.get_or_create(
            idempotency_key=f"{self.name}:{request.idempotency_key}",
            defaults={
                "public_id": f"hand_{secrets.token_urlsafe(20)}",
                "gateway": self.name,
                "reference": request.reference,
                "amount_minor": request.amount.minor,
                "currency": request.amount.currency,
                "is_kept_open": self.name == CASH_ON_DELIVERY,
                "created_at": now(),
            },
        )
        if (payment.reference, payment.amount) != (request.reference, request.amount):
            raise KeyReusedError(request.idempotency_key)
        return HostedPage(provider_id=payment.public_id, url=urlsplit(request.cancel_url).path)

    def retrieve_checkout(self, provider_id: str) -> CheckoutStatus:
        return _status(OfflinePayment.objects.get(public_id=provider_id))

    @transaction.atomic
    def expire_checkout(self, provider_id: str) -> CheckoutStatus:
        """Close it, unless it waits for a person: a parcel at the door, a receipt to look at."""
        payment = OfflinePayment.objects.select_for_update().get(public_id=provider_id)
        if payment.state == State.OPEN and not payment.is_kept_open:
            payment.state = State.CLOSED
            payment.save(update_fields=["state"])
        return _status(payment)

    @transaction.atomic
    def refund(self, *, payment_id: str, amount: Money, idempotency_key: str) -> RefundResult:
        """The shop has to hand it back; "requested" until it says that it did."""
        payment = OfflinePayment.objects.select_for_update().get(payment_id=payment_id)
        known = OfflineRefund.objects.filter(idempotency_key=idempotency_key).first()
        if known is not None:
            if (known.payment_id, known.amount_minor) != (payment.pk, amount.minor):
                raise KeyReusedError(idempotency_key)
            return RefundResult("requested", known.public_id)
        if payment.refunded_minor + amount.minor > payment.amount_minor:
            raise RefundTooLargeError(f"{amount.minor} of {payment.public_id}")
        payment.refunded_minor += amount.minor
        payment.save(update_fields=["refunded_minor"])
        made = OfflineRefund.objects.create(
            payment=payment,
            public_id=f"back_{secrets.token_urlsafe(20)}",
            idempotency_key=idempotency_key,
            amount_minor=amount.minor,
            created_at=now(),
        )
        return RefundResult("requested", made.public_id)

    def retrieve_dispute(self, provider_id: str) -> DisputeStatus:
        raise PaymentError("cash has no disputes")

    def answer_dispute(self, *, provider_id: str, evidence: str, idempotency_key: str) -> None:
        raise PaymentError("cash has no disputes")

    def parse_event(self, *, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        raise SignatureError(f"nobody outside speaks for {self.name}")


def _status(payment: OfflinePayment) -> CheckoutStatus:
    if payment.state == State.PAID:
        return CheckoutStatus("paid", payment.payment_id, payment.amount)
    return CheckoutStatus("expired" if payment.state == State.CLOSED else "open")
