"""What happens on the far side when a buyer, or the market, does something."""

from __future__ import annotations

import secrets

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payments.errors import KeyReusedError, RefundTooLargeError
from creatorhub.payments.models import SandboxCheckout, SandboxEvent, SandboxMovement
from creatorhub.payments.sandbox.disputes import disputed_minor
from creatorhub.payments.sandbox.events import controls, record_event, send_event


def pay(*, public_id: str) -> SandboxCheckout:
    """The buyer paid. Paying a page twice charges once; a closed page is left alone."""
    checkout, event = _pay(public_id)
    if event:
        send_event(event=event)
    return checkout


@transaction.atomic(durable=True)
def _pay(public_id: str) -> tuple[SandboxCheckout, SandboxEvent | None]:
    checkout = SandboxCheckout.objects.select_for_update().get(public_id=public_id)
    if checkout.state != SandboxCheckout.State.OPEN:
        return checkout, None
    checkout.state = SandboxCheckout.State.PAID
    checkout.payment_id = f"pay_{secrets.token_urlsafe(15)}"
    checkout.save(update_fields=["state", "payment_id"])
    event = record_event(
        event_type="checkout.paid",
        data={
            "reference": checkout.request["reference"],
            "checkout": checkout.public_id,
            "payment": checkout.payment_id,
            "amount_minor": checkout.amount_minor,
            "currency": checkout.currency,
        },
    )
    return checkout, event


@transaction.atomic
def close_page(*, public_id: str) -> SandboxCheckout:
    """The market closed the page. A paid page stays paid."""
    checkout = SandboxCheckout.objects.select_for_update().get(public_id=public_id)
    if checkout.state == SandboxCheckout.State.OPEN:
        checkout.state = SandboxCheckout.State.EXPIRED
        checkout.save(update_fields=["state"])
    return checkout


def give_back(*, payment_id: str, amount: Money, idempotency_key: str) -> SandboxMovement:
    """A refund, once per key. It is answered by an event, like a bank does."""
    movement, event = _give_back(payment_id, amount, idempotency_key)
    if event:
        send_event(event=event)
    return movement


@transaction.atomic
def _give_back(
    payment_id: str, amount: Money, idempotency_key: str
) -> tuple[SandboxMovement, SandboxEvent | None]:
    checkout = SandboxCheckout.objects.select_for_update().get(payment_id=payment_id)
    known = find_movement(idempotency_key=idempotency_key)
    if known:
        _same_request(known, amount, payment_id)
        return known, None
    left = checkout.amount_minor - checkout.refunded_minor - disputed_minor(payment_id)
    if amount > Money(left, checkout.currency):
        raise RefundTooLargeError(f"{amount.minor} of {left} left on {payment_id}")
    is_refused = controls().refuses_refunds
    if not is_refused:
        checkout.refunded_minor += amount.minor
        checkout.save(update_fields=["refunded_minor"])
    movement = _move(
        SandboxMovement.Kind.REFUND, idempotency_key, amount, payment_id, is_refused=is_refused
    )
    event = record_event(
        event_type="refund.failed" if is_refused else "refund.succeeded",
        data={
            "refund": idempotency_key.removeprefix("refund:"),
            "reference": checkout.request["reference"],
            "movement": movement.public_id,
        },
    )
    return movement, event


@transaction.atomic
def transfer(*, destination: str, amount: Money, idempotency_key: str) -> SandboxMovement:
    """Money to a payee, once per key; KeyReusedError when the key moved something else."""
    known = find_movement(idempotency_key=idempotency_key)
    if known:
        _same_request(known, amount, destination)
        return known
    return _move(
        SandboxMovement.Kind.TRANSFER,
        idempotency_key,
        amount,
        destination,
        is_refused=controls().refuses_transfers,
    )


def find_movement(*, idempotency_key: str) -> SandboxMovement | None:
    """What the provider did under this key, if anything."""
    return SandboxMovement.objects.filter(idempotency_key=idempotency_key).first()


def _move(
    kind: SandboxMovement.Kind, key: str, amount: Money, destination: str, *, is_refused: bool
) -> SandboxMovement:
    prefix = "re" if kind == SandboxMovement.Kind.REFUND else "tr"
    return SandboxMovement.objects.create(
        kind=kind,
        public_id=f"{prefix}_{secrets.token_urlsafe(15)}",
        idempotency_key=key,
        amount_minor=amount.minor,
        currency=amount.currency,
        destination=destination,
        is_refused=is_refused,
        created_at=now(),
    )


def _same_request(known: SandboxMovement, amount: Money, destination: str) -> None:
    moved = Money(known.amount_minor, known.currency)
    if (moved, known.destination) != (amount, destination):
        raise KeyReusedError(f"{known.idempotency_key} moved {moved} to {known.destination}")
