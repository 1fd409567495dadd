"""A batch for the bank on its way out: looked through, approved by somebody else, handed over."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.payouts.batch_file import batch_rows
from creatorhub.payouts.errors import (
    BatchChangedError,
    BatchHeldError,
    BatchMovedOnError,
    SamePersonError,
)
from creatorhub.payouts.models import PayeeHold, Payout, PayoutBatch
from creatorhub.payouts.services.put_back import put_back
from creatorhub.payouts.services.tell_payee import tell_payee

State = PayoutBatch.State
UNSENT = (State.DRAFT, State.PREPARED, State.APPROVED)


@transaction.atomic(durable=True)
def prepare_batch(*, batch_id: int, actor: Any) -> PayoutBatch:
    """Somebody looked it through: nothing joins it any more, and a second person is asked.

    BatchMovedOnError when it is not a draft any more.
    """
    batch = _locked(batch_id, State.DRAFT)
    batch.state = State.PREPARED
    batch.prepared_by, batch.prepared_at = actor, now()
    batch.file_hash = file_hash(batch)
    batch.save(update_fields=["state", "prepared_by", "prepared_at", "file_hash"])
    _record("payout_batch.prepared", batch, actor)
    return batch


@transaction.atomic(durable=True)
def approve_batch(*, batch_id: int, actor: Any) -> PayoutBatch:
    """A second person says yes: neither who started the run nor who prepared the batch.

    SamePersonError, BatchChangedError (the file is not what was prepared), BatchHeldError (a
    person stopped one of its payees meanwhile), BatchMovedOnError.
    """
    batch = _locked(batch_id, State.PREPARED)
    if actor.pk in (batch.prepared_by_id, batch.run.started_by_id):
        raise SamePersonError(str(batch))
    if file_hash(batch) != batch.file_hash:
        raise BatchChangedError(str(batch))
    _refuse_stopped(batch)
    batch.state = State.APPROVED
    batch.approved_by, batch.approved_at = actor, now()
    batch.save(update_fields=["state", "approved_by", "approved_at"])
    _record("payout_batch.approved", batch, actor)
    return batch


@transaction.atomic(durable=True)
def hand_over_batch(*, batch_id: int, actor: Any) -> PayoutBatch:
    """The bank has the file. BatchMovedOnError unless it was approved and not handed over yet,
    BatchHeldError when a person stopped one of its payees meanwhile."""
    batch = _locked(batch_id, State.APPROVED)
    _refuse_stopped(batch)
    batch.state = State.SENT
    batch.sent_by, batch.sent_at = actor, now()
    batch.save(update_fields=["state", "sent_by", "sent_at"])
    batch.payouts.filter(state=Payout.State.DRAFT).update(state=Payout.State.SENT)
    _record("payout_batch.sent", batch, actor)
    return batch


@transaction.atomic(durable=True)
def refuse_batch(*, batch_id: int, note: str, actor: Any) -> PayoutBatch:
    """Nothing of it goes out; every payout becomes payable again. The note says why."""
    batch = _locked(batch_id, *UNSENT)
    batch.state = State.REFUSED
    batch.note, batch.closed_at = note[:500], now()
    batch.save(update_fields=["state", "note", "closed_at"])
    drafts = batch.payouts.filter(state=Payout.State.DRAFT)
    for payout in drafts.select_for_update(of=("self",)).select_related("payee").order_by("pk"):
        payout.state, payout.reason_code = Payout.State.RETURNED, "batch_refused"
        put_back(payout=payout, amount=payout.amount)
        payout.settled_by = actor
        payout.save(update_fields=["state", "reason_code", "returned_minor", "settled_by"])
        tell_payee(payout)
    _record("payout_batch.refused", batch, actor, note=batch.note)
    return batch


def file_hash(batch: PayoutBatch) -> str:
    """What the file says, in one number: the approver approves what was prepared."""
    rows = [list(row.values()) for row in batch_rows(batch)]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def _locked(batch_id: int, *states: str) -> PayoutBatch:
    batch = (
        PayoutBatch.objects.select_for_update(of=("self",)).select_related("run").get(pk=batch_id)
    )
    if batch.state not in states:
        raise BatchMovedOnError(batch.state)
    return batch


def _refuse_stopped(batch: PayoutBatch) -> None:
    """Days pass between run and bank: who said "not me", or was frozen, is not paid after all."""
    stopped = PayeeHold.objects.filter(
        payee__in=batch.payouts.values("payee"), closed_at=None, ends_by_clock=False
    ).first()
    if stopped is not None:
        raise BatchHeldError(stopped.reason_code)


def _record(action: str, batch: PayoutBatch, actor: Any, **details: Any) -> None:
    audit.record(
        action=action,
        subject=f"payout_batch:{batch.pk}",
        actor=actor,
        currency=batch.currency,
        payouts=batch.payouts.count(),
        **details,
    )
