"""What Stripe's objects mean here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from creatorhub.foundation.clock import market_time
from creatorhub.money import Money
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.gateway import (
    CheckoutStatus,
    DisputeState,
    DisputeStatus,
    RefundResult,
    RefundState,
)
from creatorhub.payments.recipients import RecipientStatus, SentTransfer
from creatorhub.payments.stripe.amounts import money_of

Told = Mapping[str, Any]
"""One of Stripe's objects as plain data."""

PAYMENT = "payment_intent.latest_charge.balance_transaction"
"""What a session is asked to fill in: the payment, its charge, and what Stripe kept of it."""

REFUND_STATES: dict[str, RefundState] = {
    "pending": "requested",
    "requires_action": "requested",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
}

# "warning_…" is an inquiry: the bank asks, and takes nothing yet. An appeal is the same dispute
# once more.
DISPUTE_STATES: dict[str, DisputeState] = {
    "warning_needs_response": "inquiry",
    "warning_under_review": "inquiry",
    "warning_closed": "withdrawn",
    "prevented": "withdrawn",
    "needs_response": "needs_response",
    "appeal_needs_response": "needs_response",
    "under_review": "under_review",
    "appeal_under_review": "under_review",
    "won": "won",
    "lost": "lost",
}


def checkout(session: Told) -> CheckoutStatus:
    """A session with its payment filled in, as far as PAYMENT. The payment is known by its charge.

    A page whose payment is still on its way (a bank debit) is open; one whose payment can come no
    more is expired.
    """
    if session["status"] == "expired":
        return CheckoutStatus("expired")
    if session["status"] == "open":
        return CheckoutStatus("open")
    intent = session["payment_intent"]
    if session["payment_status"] == "paid":
        amount = money_of(intent["amount_received"], intent["currency"])
        charge = intent["latest_charge"]
        return CheckoutStatus("paid", charge["id"], amount, _kept_of(charge))
    is_lost = intent["status"] in {"requires_payment_method", "canceled"}
    return CheckoutStatus("expired" if is_lost else "open")


def refund(refunded: Told) -> RefundResult:
    return RefundResult(REFUND_STATES[refunded["status"]], refunded["id"])


def dispute(disputed: Told) -> DisputeStatus:
    """The fee is what all of its movements took: a returned fee counts against it."""
    currency = disputed["currency"]
    fees = (movement["fee"] for movement in disputed["balance_transactions"])
    due_by = disputed["evidence_details"]["due_by"]
    return DisputeStatus(
        provider_id=disputed["id"],
        payment_id=disputed["charge"],
        state=_dispute_state(disputed["status"]),
        amount=money_of(disputed["amount"], currency),
        fee=Money.total((money_of(fee, currency) for fee in fees), currency.upper()),
        reason=disputed["reason"],
        due_by=_from_unix(due_by) if due_by else None,
    )


def transfer(sent: Told) -> SentTransfer:
    currency = sent["currency"]
    return SentTransfer(
        provider_id=sent["id"],
        amount=money_of(sent["amount"], currency),
        reversed=money_of(sent["amount_reversed"], currency),
    )


def recipient(account: Told) -> RecipientStatus:
    """Ready means that transfers are allowed, whatever else Stripe would like to know."""
    capabilities = account["configuration"]["recipient"]["capabilities"]
    ability = capabilities["stripe_balance"]["stripe_transfers"]
    requirements = account.get("requirements") or {}
    deadline = (requirements.get("summary") or {}).get("minimum_deadline") or {}
    entries = requirements.get("entries") or []
    problems = [detail["code"] for detail in ability["status_details"]]
    return RecipientStatus(
        is_ready=ability["status"] == "active",
        due=tuple(
            entry["description"] for entry in entries if entry["awaiting_action_from"] == "user"
        ),
        due_by=_from_text(deadline["time"]) if deadline.get("time") else None,
        disabled_reason=problems[0] if problems else "",
    )


def balance(told: Told, currency: str) -> Money:
    """Available and pending together."""
    wanted = currency.lower()
    parts = [*told["available"], *told["pending"]]
    amounts = (money_of(part["amount"], wanted) for part in parts if part["currency"] == wanted)
    return Money.total(amounts, currency)


def _kept_of(charge: Told) -> Money | None:
    """Stripe's fee. It is counted in the currency of the settlement: when that is another one,
    what it was in the payment's own would be a guess."""
    movement = charge["balance_transaction"]
    if movement is None or movement["currency"] != charge["currency"]:
        return None
    return money_of(movement["fee"], movement["currency"])


def _dispute_state(status: str) -> DisputeState:
    try:
        return DISPUTE_STATES[status]
    except KeyError:
        raise PaymentError(f"Stripe has a new state of disputes: {status}") from None


def _from_unix(seconds: int) -> dt.datetime:
    return market_time(dt.datetime.fromtimestamp(seconds, tz=dt.UTC))


def _from_text(moment: str) -> dt.datetime:
    return market_time(dt.datetime.fromisoformat(moment))
