"""What the bank did with one payout, written down by staff: paid with proof, or sent back."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.errors import PayoutSettledError
from creatorhub.payouts.models import Payee, Payout, PayoutBatch
from creatorhub.payouts.services.put_back import put_back
from creatorhub.payouts.services.tell_payee import tell_payee

# Why a bank sends money back; after the first two nothing more is sent there.
DETAILS_WRONG = "bank_details_wrong"
ACCOUNT_CLOSED = "account_closed"
RETURN_REASONS = (DETAILS_WRONG, ACCOUNT_CLOSED, "bank_refused")


@transaction.atomic(durable=True)
def mark_paid(
    *, payout_id: int, reference: str, proof: ContentFile[bytes] | None = None, actor: Any
) -> Payout:
    """The bank paid it; `reference` is the bank's own. PayoutSettledError when it was settled."""
    payout = _locked(payout_id, Payout.State.SENT)
    payout.state = Payout.State.PAID
    payout.provider_reference = reference.strip()
    payout.paid_at = now()
    payout.settled_by = actor
    if proof is not None:
        payout.proof_file.save(proof.name or "proof", proof, save=False)
    payout.save(
        update_fields=["state", "provider_reference", "paid_at", "settled_by", "proof_file"]
    )
    _close_if_settled(payout)
    tell_payee(payout)
    _record("payout.paid_by_bank", payout, actor, reference=payout.provider_reference)
    return payout


@transaction.atomic(durable=True)
def mark_returned(*, payout_id: int, reason_code: str, actor: Any) -> Payout:
    """The bank sent it back, also after it had paid: payable again. PayoutSettledError."""
    reason(reason_code)
    payout = _locked(payout_id, Payout.State.SENT, Payout.State.PAID)
    payout.state = Payout.State.RETURNED
    payout.reason_code = reason_code
    payout.paid_at = None
    payout.settled_by = actor
    put_back(payout=payout, amount=payout.amount)
    payout.save(update_fields=["state", "reason_code", "paid_at", "settled_by", "returned_minor"])
    if reason_code in (DETAILS_WRONG, ACCOUNT_CLOSED):
        Payee.objects.filter(
            pk=payout.payee_id, rail=payout.rail, destination=payout.destination
        ).update(is_ready=False)
    _close_if_settled(payout)
    tell_payee(payout)
    _record("payout.returned_by_bank", payout, actor, reason_code=reason_code)
    return payout


def _locked(payout_id: int, *states: str) -> Payout:
    """A payout of a batch, its batch locked first: settling takes turns."""
    batch_id = Payout.objects.values_list("batch_id", flat=True).get(pk=payout_id)
    if batch_id is None:
        raise PayoutSettledError(str(payout_id))
    PayoutBatch.objects.select_for_update().get(pk=batch_id)
    payout = (
        Payout.objects.select_for_update(of=("self",)).select_related("payee").get(pk=payout_id)
    )
    if payout.state not in states:
        raise PayoutSettledError(payout.state)
    return payout


def _close_if_settled(payout: Payout) -> None:
    """The last one to be settled closes the batch."""
    if not Payout.objects.filter(batch=payout.batch, state=Payout.State.SENT).exists():
        PayoutBatch.objects.filter(payouts=payout, state=PayoutBatch.State.SENT).update(
            state=PayoutBatch.State.CLOSED, closed_at=now()
        )


def _record(action: str, payout: Payout, actor: Any, **details: Any) -> None:
    audit.record(
        action=action,
        subject=f"payout:{payout.pk}",
        actor=actor,
        batch=payout.batch_id,
        amount_minor=payout.amount_minor,
        currency=payout.currency,
        **details,
    )
