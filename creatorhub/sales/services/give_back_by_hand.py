"""A refund of an order the shop collected: the shop hands it over, the buyer may contest it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue
from creatorhub.payments.offline.word import say_given_back, say_not_given_back
from creatorhub.payments.services import request_refund
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import Checkout, HandRefund, Refund
from creatorhub.sales.refund_requests import refund_reference
from creatorhub.sales.services.settle_refund import fail_refund, settle_refund

NOTE_LENGTH = 500
HOW_LENGTH = 200


def say_refund_given(*, refund: Refund, how: str, actor: Any) -> HandRefund:
    """The shop says that the buyer has it, and how. Safe to repeat.

    CashRefusedError when the refund failed meanwhile.
    """
    _make_known(refund)
    row = _say_given(refund, how, actor)
    settle_refund(reference=refund_reference(refund))
    return row


@transaction.atomic(durable=True)
def contest_refund(*, refund: Refund, note: str) -> HandRefund:
    """The buyer says that it did not come: our team decides. Once per refund.

    CashRefusedError before the shop has said that it gave it, or once our team has decided.
    """
    row = HandRefund.objects.select_for_update().get(refund=refund)
    if row.given_at is None or row.decided_at is not None:
        raise CashRefusedError(_("There is nothing to contest about this refund."))
    if row.contested_at is None:
        row.contested_at, row.contest_note = now(), note[:NOTE_LENGTH]
        row.save(update_fields=["contested_at", "contest_note"])
        record(action="refund.contested", subject=f"sale:{refund.sale_id}", refund=refund.pk)
        key = f"refund_contested:{refund.pk}"
        enqueue(topic="mail.refund_contested", key=key, payload={"refund": refund.pk})
    return row


def decide_contest(*, refund: Refund, was_given: bool, actor: Any) -> HandRefund:
    """Our team decides. Not given: the refund failed, and the shop owes fee and commission again.

    CashRefusedError when nobody contested it, or it was decided before.
    """
    row = _decide(refund, actor, was_given=was_given)
    if not was_given:
        fail_refund(reference=refund_reference(refund))
    return row


def _make_known(refund: Refund) -> None:
    """The payments room may not have been asked yet: its outbox message is on its way."""
    checkout = Checkout.objects.get(order=refund.sale.order_id)
    request_refund(
        attempt_reference=checkout.attempt_reference,
        refund_reference=refund_reference(refund),
        amount=Money(refund.amount_minor, refund.sale.currency),
    )


@transaction.atomic(durable=True)
def _say_given(refund: Refund, how: str, actor: Any) -> HandRefund:
    row = HandRefund.objects.select_for_update().get(refund=refund)
    if row.given_at is not None:
        return row
    if Refund.objects.get(pk=refund.pk).state == Refund.State.FAILED:
        raise CashRefusedError(_("This refund was closed already."))
    row.given_at, row.how = now(), how[:HOW_LENGTH]
    row.save(update_fields=["given_at", "how"])
    say_given_back(refund_reference=refund_reference(refund))
    record(action="refund.given", subject=f"sale:{refund.sale_id}", actor=actor, refund=refund.pk)
    enqueue(
        topic="mail.refund_given", key=f"refund_given:{refund.pk}", payload={"refund": refund.pk}
    )
    return row


@transaction.atomic(durable=True)
def _decide(refund: Refund, actor: Any, *, was_given: bool) -> HandRefund:
    row = HandRefund.objects.select_for_update().get(refund=refund)
    if row.contested_at is None or row.decided_at is not None:
        raise CashRefusedError(_("This was decided already."))
    row.decided_at, row.decided_by = now(), actor
    row.save(update_fields=["decided_at", "decided_by"])
    if not was_given:
        say_not_given_back(refund_reference=refund_reference(refund))
    record(
        action="refund.contest_decided",
        subject=f"sale:{refund.sale_id}",
        actor=actor,
        refund=refund.pk,
        was_given=was_given,
    )
    return row
