"""Disputes on the far side: a buyer asks their bank for the money back, and the bank decides."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import cast

from django.db import transaction
from django.db.models import Q, Sum

from creatorhub.foundation.clock import now
from creatorhub.money import Money, currency_facts
from creatorhub.payments.errors import AnswerRefusedError
from creatorhub.payments.gateway import DisputeState, DisputeStatus
from creatorhub.payments.models import SandboxCheckout, SandboxDispute, SandboxEvent
from creatorhub.payments.sandbox.events import record_event, send_event

State = SandboxDispute.State

ANSWER_WITHIN = dt.timedelta(days=7)
# What the play bank keeps for each dispute, in charge minimums: about what real ones keep.
FEE_IN_CHARGE_MINIMUMS = 30
OPEN = (State.INQUIRY, State.NEEDS_RESPONSE, State.UNDER_REVIEW)
TOOK_MONEY = (State.NEEDS_RESPONSE, State.UNDER_REVIEW, State.LOST)


class NothingToDisputeError(ValueError):
    """Everything of this payment went back already, or is disputed already."""


def open_dispute(
    *, payment_id: str, reason: str, share_percent: int = 100, is_inquiry: bool = False
) -> SandboxDispute:
    """The buyer complains to their bank about what is left of a payment, or a share of it.

    An inquiry takes no money. NothingToDisputeError when nothing is left.
    """
    dispute, event = _open(payment_id, reason, share_percent, is_inquiry=is_inquiry)
    send_event(event=event)
    return dispute


def decide(*, public_id: str, state: str) -> SandboxDispute:
    """The bank moves a dispute on: an inquiry to "needs_response", an open one to its end.

    A dispute that has ended is left alone.
    """
    dispute, event = _decide(public_id, state)
    if event:
        send_event(event=event)
    return dispute


def answer(*, public_id: str, evidence: str, idempotency_key: str) -> SandboxDispute:
    """The market's side of it. The same key again is the same answer; AnswerRefusedError else."""
    dispute, event = _answer(public_id, evidence, idempotency_key)
    if event:
        send_event(event=event)
    return dispute


def lose_unanswered() -> int:
    """The bank decides for the buyer where nobody answered in time; returns how many."""
    late = SandboxDispute.objects.filter(
        state__in=(State.INQUIRY, State.NEEDS_RESPONSE), due_by__lte=now()
    )
    for dispute in list(late.order_by("id")):
        ended = State.WITHDRAWN if dispute.state == State.INQUIRY else State.LOST
        decide(public_id=dispute.public_id, state=ended)
    return len(late)


def status_of(dispute: SandboxDispute) -> DisputeStatus:
    """The dispute in the gateway's words."""
    return DisputeStatus(
        provider_id=dispute.public_id,
        payment_id=dispute.payment_id,
        state=cast(DisputeState, dispute.state),
        amount=Money(dispute.amount_minor, dispute.currency),
        fee=Money(dispute.fee_minor, dispute.currency),
        reason=dispute.reason,
        due_by=dispute.due_by if dispute.state in OPEN else None,
    )


def disputed_minor(payment_id: str) -> int:
    """What disputes took of a payment and did not give back."""
    taken = SandboxDispute.objects.filter(payment_id=payment_id, state__in=TOOK_MONEY)
    return int(taken.aggregate(minor=Sum("amount_minor"))["minor"] or 0)


@transaction.atomic
def _open(
    payment_id: str, reason: str, share_percent: int, *, is_inquiry: bool
) -> tuple[SandboxDispute, SandboxEvent]:
    checkout = SandboxCheckout.objects.select_for_update().get(payment_id=payment_id)
    asked = SandboxDispute.objects.filter(payment_id=payment_id).filter(
        Q(state__in=TOOK_MONEY) | Q(state=State.INQUIRY)
    )
    disputed = asked.aggregate(minor=Sum("amount_minor"))["minor"] or 0
    left = checkout.amount_minor - checkout.refunded_minor - disputed
    amount = Money(max(left, 0), checkout.currency).prorate_floor(share_percent, 100)
    if not amount:
        raise NothingToDisputeError(payment_id)
    fee = currency_facts(checkout.currency).charge_minimum_minor * FEE_IN_CHARGE_MINIMUMS
    dispute = SandboxDispute.objects.create(
        public_id=f"dp_{secrets.token_urlsafe(15)}",
        payment_id=payment_id,
        state=State.INQUIRY if is_inquiry else State.NEEDS_RESPONSE,
        amount_minor=amount.minor,
        fee_minor=0 if is_inquiry else fee,
        currency=checkout.currency,
        reason=reason,
        due_by=now() + ANSWER_WITHIN,
        created_at=now(),
    )
    return dispute, _tell("dispute.opened", dispute, checkout)


@transaction.atomic
def _decide(public_id: str, state: str) -> tuple[SandboxDispute, SandboxEvent | None]:
    dispute = SandboxDispute.objects.select_for_update().get(public_id=public_id)
    if dispute.state not in OPEN or state == dispute.state:
        return dispute, None
    facts = currency_facts(dispute.currency)
    if state in TOOK_MONEY and not dispute.fee_minor:
        dispute.fee_minor = facts.charge_minimum_minor * FEE_IN_CHARGE_MINIMUMS
    if state == State.WITHDRAWN and dispute.state != State.INQUIRY:
        state = State.WON  # The money was taken: giving up is deciding for the market.
    dispute.state = State(state)
    if dispute.state == State.NEEDS_RESPONSE:
        dispute.answer_key = ""  # What was answered was a question.
    dispute.save(update_fields=["state", "fee_minor", "answer_key"])
    checkout = SandboxCheckout.objects.get(payment_id=dispute.payment_id)
    kind = "dispute.updated" if dispute.state in OPEN else "dispute.closed"
    return dispute, _tell(kind, dispute, checkout)


@transaction.atomic
def _answer(
    public_id: str, evidence: str, idempotency_key: str
) -> tuple[SandboxDispute, SandboxEvent | None]:
    dispute = SandboxDispute.objects.select_for_update().get(public_id=public_id)
    if dispute.answer_key == idempotency_key:
        return dispute, None
    if dispute.answer_key or dispute.state not in (State.INQUIRY, State.NEEDS_RESPONSE):
        raise AnswerRefusedError(f"{public_id} is {dispute.state}")
    dispute.evidence, dispute.answer_key = evidence, idempotency_key
    if dispute.state == State.NEEDS_RESPONSE:
        dispute.state = State.UNDER_REVIEW
    dispute.save(update_fields=["evidence", "answer_key", "state"])
    checkout = SandboxCheckout.objects.get(payment_id=dispute.payment_id)
    return dispute, _tell("dispute.updated", dispute, checkout)


def _tell(kind: str, dispute: SandboxDispute, checkout: SandboxCheckout) -> SandboxEvent:
    return record_event(
        event_type=kind,
        data={
            "dispute": dispute.public_id,
            "payment": dispute.payment_id,
            "reference": checkout.request["reference"],
        },
    )
