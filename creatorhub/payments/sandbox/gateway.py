"""The gateway that needs no keys and no network: the near side of the sandbox provider."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, SignatureError
from creatorhub.payments.gateway import (
    CheckoutRequest,
    CheckoutStatus,
    DisputeStatus,
    GatewayEvent,
    HostedPage,
    RefundResult,
)
from creatorhub.payments.models import SandboxCheckout, SandboxDispute
from creatorhub.payments.sandbox import disputes, provider
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, is_signed


class SandboxGateway:
    """Keeps the promises of PaymentGateway; the buyer pays on a page of this same instance."""

    name = "sandbox"

    def create_checkout(self, request: CheckoutRequest) -> HostedPage:
        """A page of ours, by path only: it opens on whatever address the buyer reached us."""
        checkout = _page(request)
        if checkout.request != _as_stored(request):
            raise KeyReusedError(request.idempotency_key)
        with translation.override(request.language):
            url = reverse("sandbox:page", args=[checkout.public_id])
        return HostedPage(provider_id=checkout.public_id, url=url)

    def retrieve_checkout(self, provider_id: str) -> CheckoutStatus:
        return _status(SandboxCheckout.objects.get(public_id=provider_id))

    def expire_checkout(self, provider_id: str) -> CheckoutStatus:
        return _status(provider.close_page(public_id=provider_id))

    def refund(self, *, payment_id: str, amount: Money, idempotency_key: str) -> RefundResult:
        movement = provider.give_back(
            payment_id=payment_id, amount=amount, idempotency_key=idempotency_key
        )
        return RefundResult("requested", movement.public_id)

    def retrieve_dispute(self, provider_id: str) -> DisputeStatus:
        return disputes.status_of(SandboxDispute.objects.get(public_id=provider_id))

    def answer_dispute(self, *, provider_id: str, evidence: str, idempotency_key: str) -> None:
        disputes.answer(public_id=provider_id, evidence=evidence, idempotency_key=idempotency_key)

    def parse_event(self, *, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        if not is_signed(payload, headers.get(SIGNATURE_HEADER, "")):
            raise SignatureError("the sandbox did not sign this")
        try:
            event = json.loads(payload)
            return GatewayEvent(event_id=event["id"], type=event["type"], data=event["data"])
        except (ValueError, KeyError, TypeError) as error:
            raise SignatureError("the sandbox signed something unreadable") from error


def _page(request: CheckoutRequest) -> SandboxCheckout:
    """Nearly always new; the page this key named before is looked for only when it is not."""
    try:
        with transaction.atomic():
            return SandboxCheckout.objects.create(
                idempotency_key=request.idempotency_key,
                public_id=f"page_{secrets.token_urlsafe(20)}",
                amount_minor=request.amount.minor,
                currency=request.amount.currency,
                request=_as_stored(request),
                created_at=now(),
            )
    except IntegrityError:
        return SandboxCheckout.objects.get(idempotency_key=request.idempotency_key)


def _status(checkout: SandboxCheckout) -> CheckoutStatus:
    if checkout.state == SandboxCheckout.State.PAID:
        amount = Money(checkout.amount_minor, checkout.currency)
        return CheckoutStatus("paid", checkout.payment_id, amount)
    if checkout.state == SandboxCheckout.State.EXPIRED:
        return CheckoutStatus("expired")
    return CheckoutStatus("open")


def _as_stored(request: CheckoutRequest) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "minor": request.amount.minor,
        "currency": request.amount.currency,
        "lines": [
            {"title": line.title, "quantity": line.quantity, "minor": line.amount.minor}
            for line in request.lines
        ],
        "email": request.email,
        "success_url": request.success_url,
        "cancel_url": request.cancel_url,
        "language": request.language,
        "expires_at": request.expires_at.isoformat(),
    }
