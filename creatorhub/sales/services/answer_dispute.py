"""Our side of a dispute: the shop's words, then the answer, which leaves once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.payments.errors import AnswerRefusedError
from creatorhub.payments.registry import gateway
from creatorhub.sales.errors import DisputeRefusedError
from creatorhub.sales.models import Dispute, DisputeStatement, Sale

LONGEST_STATEMENT = 4000
# What processors take as text.
LONGEST_ANSWER = 20_000


@transaction.atomic(durable=True)
def add_statement(*, dispute: Dispute, sale: Sale, text: str, actor: Any) -> DisputeStatement:
    """A shop's own side, for staff to send along; written again, the newer words stay.

    DisputeRefusedError once the answer has left or the dispute has ended.
    """
    row = _locked_answerable(dispute)
    if sale.order_id != row.order_id:
        raise DisputeRefusedError(_("This dispute is about another order."))
    statement, _is_new = DisputeStatement.objects.update_or_create(
        dispute=row,
        sale=sale,
        defaults={"text": text[:LONGEST_STATEMENT], "written_at": now(), "written_by": actor},
    )
    record(
        action="dispute.statement",
        subject=f"order:{row.order.number}",
        actor=actor,
        dispute=row.pk,
        sale=sale.pk,
    )
    return statement


@transaction.atomic(durable=True)
def answer_dispute(*, dispute: Dispute, text: str, actor: Any) -> Dispute:
    """Decide what the bank is told. It leaves in a moment, once and for good.

    DisputeRefusedError when it was answered already, or has ended.
    """
    row = _locked_answerable(dispute)
    row.answer, row.answered_at, row.answered_by = text[:LONGEST_ANSWER], now(), actor
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    # An inquiry that becomes a dispute is answered anew: each of the two has its own answer.
    key = f"dispute_answer:{row.pk}:{row.state}"
    enqueue(topic="disputes.answer", key=key, payload={"dispute": row.pk, "key": key})
    record(
        action="dispute.answered",
        subject=f"order:{row.order.number}",
        actor=actor,
        dispute=row.pk,
        answer=row.answer,
    )
    return row


def send_answer(message: OutboxMessage) -> None:
    """The outbox's handler of "disputes.answer"; no transaction is open, and it may run again."""
    dispute = Dispute.objects.get(pk=message.payload["dispute"])
    if dispute.sent_at is not None:
        return
    try:
        gateway(dispute.provider).answer_dispute(
            provider_id=dispute.provider_id,
            evidence=dispute.answer,
            idempotency_key=message.payload["key"],
        )
    except AnswerRefusedError as error:
        _keep_refusal(dispute, str(error))
        return
    Dispute.objects.filter(pk=dispute.pk, sent_at=None).update(sent_at=now())


@transaction.atomic(durable=True)
def _keep_refusal(dispute: Dispute, told: str) -> None:
    """The bank's time was over. The page says that the answer never arrived there."""
    record(
        action="dispute.answer_refused",
        subject=f"order:{dispute.order.number}",
        dispute=dispute.pk,
        told=told,
    )


def _locked_answerable(dispute: Dispute) -> Dispute:
    row = Dispute.objects.select_for_update(of=("self",)).select_related("order").get(pk=dispute.pk)
    if not row.is_open:
        raise DisputeRefusedError(_("The bank has decided already."))
    if not row.is_answerable:
        raise DisputeRefusedError(_("The answer has been sent already."))
    return row
