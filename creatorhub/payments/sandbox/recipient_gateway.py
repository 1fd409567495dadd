"""The near side of the sandbox provider's payments to people: no keys, no network."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from creatorhub.money import Money
from creatorhub.payments.errors import ProcessorSilentError, TransferRefusedError
from creatorhub.payments.models import SandboxMovement, SandboxRecipient
from creatorhub.payments.recipients import RecipientStatus, SentTransfer
from creatorhub.payments.sandbox import recipients
from creatorhub.payments.sandbox.balance import balance_of
from creatorhub.payments.sandbox.events import controls

SALT = "creatorhub.payments.sandbox.onboarding"
LINK_LIVES_SECONDS = 600


class SandboxRecipientGateway:
    """Keeps the promises of RecipientGateway; people are onboarded on a page of this instance."""

    name = "sandbox"

    def create_recipient(
        self, *, reference: str, country: str, email: str, idempotency_key: str
    ) -> str:
        made = recipients.create(
            reference=reference, country=country, email=email, idempotency_key=idempotency_key
        )
        return made.public_id

    def onboarding_link(self, *, recipient_id: str, return_url: str, refresh_url: str) -> str:
        """By path only: it opens on whatever address the person reached us."""
        told = {"recipient": recipient_id, "return": return_url, "refresh": refresh_url}
        return reverse("sandbox:onboarding", args=[signing.dumps(told, salt=SALT)])

    def recipient_status(self, recipient_id: str) -> RecipientStatus:
        return recipients.status_of(SandboxRecipient.objects.get(public_id=recipient_id))

    def transfer(
        self,
        *,
        recipient_id: str,
        amount: Money,
        group: str,
        source_payment: str,
        idempotency_key: str,
    ) -> SentTransfer:
        movement = recipients.transfer(
            destination=recipient_id,
            amount=amount,
            group=group,
            source_payment=source_payment,
            idempotency_key=idempotency_key,
        )
        if controls().loses_answers:
            raise ProcessorSilentError(f"no answer about {idempotency_key}")
        if movement.is_refused:
            raise TransferRefusedError("transfer_refused", movement.public_id)
        return _sent(movement)

    def find_transfer(self, *, group: str, idempotency_key: str) -> SentTransfer | None:
        movement = recipients.find(idempotency_key=idempotency_key)
        return _sent(movement) if movement and not movement.is_refused else None

    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str
    ) -> SentTransfer:
        movement = recipients.reverse(
            transfer_id=transfer_id, amount=amount, idempotency_key=idempotency_key
        )
        if controls().loses_answers:
            raise ProcessorSilentError(f"no answer about {idempotency_key}")
        return _sent(movement)

    def balance(self, currency: str) -> Money:
        return balance_of(currency)


def _sent(movement: SandboxMovement) -> SentTransfer:
    return SentTransfer(
        provider_id=movement.public_id,
        amount=Money(movement.amount_minor, movement.currency),
        reversed=Money(movement.reversed_minor, movement.currency),
    )
