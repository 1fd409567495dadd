"""Asking for money to go back: an outbox row now, the gateway later."""

from __future__ import annotations

from creatorhub.money import Money
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.payments.services import request_refund
from creatorhub.sales.models import Refund, ReturnedPayment

REFUND_PREFIX = "refund:"
RETURN_PREFIX = "return:"


def refund_reference(refund: Refund) -> str:
    """How the payments room names a refund of ours."""
    return f"{REFUND_PREFIX}{refund.pk}"


def return_reference(row: ReturnedPayment) -> str:
    """How the payments room names one try at returning a payment that became no sale."""
    return f"{RETURN_PREFIX}{row.pk}:{row.tries}"


def named_return(reference: str) -> tuple[int, int]:
    """Which returned payment, and which try at it, a reference names."""
    pk, tries = reference.removeprefix(RETURN_PREFIX).split(":")
    return int(pk), int(tries)


def ask_for_refund(*, attempt_reference: str, refund_reference: str, amount: Money) -> None:
    """In the caller's transaction; the gateway is asked once, by `payments.request_refund`."""
    enqueue(
        topic="payments.refund",
        key=f"payments.refund:{refund_reference}",
        payload={
            "attempt_reference": attempt_reference,
            "refund_reference": refund_reference,
            "amount_minor": amount.minor,
            "currency": amount.currency,
        },
    )


def send_refund_request(message: OutboxMessage) -> None:
    """The outbox's handler of "payments.refund"; no transaction is open, and it may run again."""
    asked = message.payload
    request_refund(
        attempt_reference=asked["attempt_reference"],
        refund_reference=asked["refund_reference"],
        amount=Money(asked["amount_minor"], asked["currency"]),
    )
