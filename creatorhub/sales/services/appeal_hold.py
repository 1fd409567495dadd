"""Somebody whose money waits asks staff to look again, and gets an answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.accounts.models import Party
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.models import PayeeHold
from creatorhub.sales.errors import AppealRefusedError
from creatorhub.sales.models import Appeal, SaleFreeze
from creatorhub.sales.services.freeze_payee import end_payee_hold
from creatorhub.sales.services.freeze_sale import end_freeze

LONGEST = 4000


@transaction.atomic(durable=True)
def appeal_payee_hold(*, hold: PayeeHold, party: Party, text: str) -> Appeal:
    """A payee asks staff to end a hold on their payouts.

    AppealRefusedError when it has ended, is not theirs, or is being looked at already.
    """
    row = PayeeHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if row.closed_at is not None or row.payee.party_id != party.pk:
        raise AppealRefusedError(_("There is nothing to appeal against any more."))
    return _keep(Appeal(party=party, payee_hold=row), text)


@transaction.atomic(durable=True)
def appeal_freeze(*, freeze: SaleFreeze, party: Party, text: str) -> Appeal:
    """A shop, or an affiliate with a share in it, asks staff to let the money of a sale go."""
    row = SaleFreeze.objects.select_for_update(of=("self",)).get(pk=freeze.pk)
    if row.closed_at is not None:
        raise AppealRefusedError(_("There is nothing to appeal against any more."))
    return _keep(Appeal(party=party, sale_freeze=row), text)


@transaction.atomic(durable=True)
def answer_appeal(*, appeal: Appeal, lift: bool, answer: str, actor: Any) -> Appeal:
    """Staff end the hold, or say why it stays. Either way the person is told.

    AppealRefusedError when a colleague answered first.
    """
    row = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("payee_hold", "sale_freeze__sale")
        .get(pk=appeal.pk)
    )
    if row.state != Appeal.State.OPEN:
        raise AppealRefusedError(_("A colleague has answered this in the meantime."))
    row.state = Appeal.State.LIFTED if lift else Appeal.State.UPHELD
    row.answer, row.answered_at, row.answered_by = answer[:LONGEST], now(), actor
    row.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    if lift and row.payee_hold is not None:
        end_payee_hold(hold=row.payee_hold, outcome=row.answer, actor=actor)
    if lift and row.sale_freeze is not None:
        end_freeze(freeze=row.sale_freeze, outcome=row.answer, actor=actor)
    record(
        action=f"appeal.{row.state}",
        subject=_subject(row),
        actor=actor,
        appeal=row.pk,
        answer=row.answer,
    )
    enqueue(
        topic="mail.appeal_answered",
        key=f"appeal:{row.pk}:{row.state}",
        payload={"appeal": row.pk},
    )
    return row


def _keep(appeal: Appeal, text: str) -> Appeal:
    """At most one open appeal of a person against a hold; the hold's row is locked."""
    open_one = Appeal.objects.filter(
        party=appeal.party,
        payee_hold=appeal.payee_hold,
        sale_freeze=appeal.sale_freeze,
        state=Appeal.State.OPEN,
    )
    if open_one.exists():
        raise AppealRefusedError(_("Your words are with our team already."))
    appeal.text, appeal.asked_at = text[:LONGEST], now()
    appeal.answer_by = appeal.asked_at + dt.timedelta(days=policy().appeal_answer_days)
    appeal.save()
    record(
        action="appeal.asked", subject=_subject(appeal), actor=appeal.party.user, appeal=appeal.pk
    )
    enqueue(
        topic="mail.appeal_asked", key=f"appeal:{appeal.pk}:asked", payload={"appeal": appeal.pk}
    )
    return appeal


def _subject(appeal: Appeal) -> str:
    if appeal.payee_hold is not None:
        return f"payee:{appeal.payee_hold.payee_id}"
    if appeal.sale_freeze is not None:
        return f"sale:{appeal.sale_freeze.sale_id}"
    raise ValueError(f"appeal {appeal.pk} is against nothing")
