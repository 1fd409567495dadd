"""Recipients on the far side: people the sandbox provider may pay, and the transfers to them."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F, Sum

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, TransferRefusedError
from creatorhub.payments.models import (
    SandboxCheckout,
    SandboxEvent,
    SandboxMovement,
    SandboxRecipient,
)
from creatorhub.payments.recipients import RecipientStatus
from creatorhub.payments.sandbox.events import controls, record_event, send_event

# What a new recipient has to give, in the words a real processor uses.
ASKED_AT_FIRST = ["individual.verification.document", "external_account", "tos_acceptance.date"]
ASKED_LATER = "individual.address.line1"
TIME_TO_ANSWER = dt.timedelta(days=14)

TRANSFER = SandboxMovement.Kind.TRANSFER
REVERSAL = SandboxMovement.Kind.REVERSAL


def create(*, reference: str, country: str, email: str, idempotency_key: str) -> SandboxRecipient:
    """Somebody new, or the one this key made before."""
    recipient, _ = SandboxRecipient.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "public_id": f"acct_{secrets.token_urlsafe(15)}",
            "reference": reference,
            "country": country,
            "email": email,
            "due": ASKED_AT_FIRST,
            "created_at": now(),
        },
    )
    return recipient


def status_of(recipient: SandboxRecipient) -> RecipientStatus:
    """Ready while nothing is asked for, or there is still time to answer."""
    is_late = bool(recipient.due) and (recipient.due_by is None or recipient.due_by <= now())
    is_new = is_late and recipient.due_by is None
    disabled = "" if not is_late or is_new else "requirements.past_due"
    return RecipientStatus(
        is_ready=not is_late,
        due=tuple(recipient.due),
        due_by=recipient.due_by,
        disabled_reason=disabled,
    )


def finish(*, public_id: str) -> None:
    """The person gave everything that was asked for."""
    _change(public_id, due=[], due_by=None)


def ask_for_more(*, public_id: str) -> None:
    """The law changed: something new is needed within two weeks, and then it stops paying."""
    _change(public_id, due=[ASKED_LATER], due_by=now() + TIME_TO_ANSWER)


def run_out_of_time(*, public_id: str) -> None:
    """What was asked for did not come in time."""
    _change(public_id, due=[ASKED_LATER], due_by=now())


def refuse_at_bank(*, public_id: str) -> None:
    """The person's own bank sent a payment back to the provider."""
    recipient = SandboxRecipient.objects.get(public_id=public_id)
    send_event(event=_event("recipient.payout_failed", recipient))


@transaction.atomic
def transfer(
    *, destination: str, amount: Money, group: str, source_payment: str, idempotency_key: str
) -> SandboxMovement:
    """Money to a recipient, once per key; a refused one stays refused under its key."""
    known = find(idempotency_key=idempotency_key)
    if known:
        _same(known, amount, destination)
        return known
    recipient = SandboxRecipient.objects.filter(public_id=destination).first()
    is_refused = controls().refuses_transfers or not (recipient and status_of(recipient).is_ready)
    if source_payment and not is_refused:
        _draw(source_payment, amount)
    return _move(TRANSFER, idempotency_key, amount, destination, group, source_payment, is_refused)


@transaction.atomic
def reverse(*, transfer_id: str, amount: Money, idempotency_key: str) -> SandboxMovement:
    """Take money of a transfer back, once per key; returns the transfer."""
    moved = SandboxMovement.objects.select_for_update().get(kind=TRANSFER, public_id=transfer_id)
    known = find(idempotency_key=idempotency_key)
    if known:
        _same(known, amount, transfer_id)
        return moved
    if controls().refuses_reversals:
        raise TransferRefusedError("reversal_refused", f"{transfer_id}: nothing is left there")
    if moved.reversed_minor + amount.minor > moved.amount_minor:
        raise TransferRefusedError("reversal_refused", f"{transfer_id}: more than was sent")
    _move(REVERSAL, idempotency_key, amount, transfer_id, moved.group, moved.source_payment)
    SandboxMovement.objects.filter(pk=moved.pk).update(
        reversed_minor=F("reversed_minor") + amount.minor
    )
    moved.refresh_from_db()
    return moved


def find(*, idempotency_key: str) -> SandboxMovement | None:
    """What happened under this key, if anything."""
    return SandboxMovement.objects.filter(idempotency_key=idempotency_key).first()


def _change(public_id: str, *, due: list[str], due_by: dt.datetime | None) -> None:
    with transaction.atomic():
        recipient = SandboxRecipient.objects.select_for_update().get(public_id=public_id)
        recipient.due, recipient.due_by = due, due_by
        recipient.save(update_fields=["due", "due_by"])
        event = _event("recipient.updated", recipient)
    send_event(event=event)


def _event(event_type: str, recipient: SandboxRecipient) -> SandboxEvent:
    data = {"recipient": recipient.public_id, "reference": recipient.reference}
    return record_event(event_type=event_type, data=data)


def _draw(source_payment: str, amount: Money) -> None:
    """A charge carries transfers up to its amount, in its currency (Stripe: source_transaction)."""
    checkout = SandboxCheckout.objects.select_for_update().get(payment_id=source_payment)
    drawn = SandboxMovement.objects.filter(
        kind=TRANSFER, source_payment=source_payment, is_refused=False
    ).aggregate(minor=Sum(F("amount_minor") - F("reversed_minor")))["minor"]
    if checkout.currency != amount.currency or (drawn or 0) + amount.minor > checkout.amount_minor:
        raise TransferRefusedError("transfer_refused", f"{source_payment} does not carry {amount}")


def _move(
    kind: SandboxMovement.Kind,
    key: str,
    amount: Money,
    destination: str,
    group: str,
    source_payment: str,
    is_refused: bool = False,
) -> SandboxMovement:
    prefix = "tr" if kind == TRANSFER else "trr"
    return SandboxMovement.objects.create(
        kind=kind,
        public_id=f"{prefix}_{secrets.token_urlsafe(15)}",
        idempotency_key=key,
        amount_minor=amount.minor,
        currency=amount.currency,
        destination=destination,
        group=group,
        source_payment=source_payment,
        is_refused=is_refused,
        created_at=now(),
    )


def _same(known: SandboxMovement, amount: Money, destination: str) -> None:
    moved = Money(known.amount_minor, known.currency)
    if (moved, known.destination) != (amount, destination):
        raise KeyReusedError(f"{known.idempotency_key} moved {moved} to {known.destination}")
