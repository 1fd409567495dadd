"""Where a shop says no or nothing, staff look at it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import RequestRefusedError
from creatorhub.sales.holds import hold_while_asked
from creatorhub.sales.models import RefundRequest
from creatorhub.sales.request_settling import locked_request
from creatorhub.sales.sweeps import sweep

State, By = RefundRequest.State, RefundRequest.Escalation
REMIND_BEFORE = dt.timedelta(days=1)
NOTE_LENGTH = 1000


def escalate_until(request: RefundRequest) -> dt.datetime:
    """How long after a no a buyer may have staff look at it."""
    answered = request.answered_at or request.asked_at
    return answered + dt.timedelta(days=policy().refund_window_days)


@transaction.atomic(durable=True)
def escalate_refund_request(*, request: RefundRequest, note: str = "") -> RefundRequest:
    """The buyer does not agree with the shop's no. Safe to repeat.

    RequestRefusedError when there is no no, or it is too long ago.
    """
    request = locked_request(request.pk)
    if request.state == State.ESCALATED:
        return request
    if request.state != State.DECLINED:
        raise RequestRefusedError(_("Our team looks at it once the shop has said no, or nothing."))
    if escalate_until(request) < now():
        raise RequestRefusedError(_("The time to ask our team about this is over."))
    if RefundRequest.objects.filter(sale=request.sale_id, state=State.ASKED).exists():
        raise RequestRefusedError(
            _("You have asked about this order again. Please wait for that answer first.")
        )
    request.escalation_note = note[:NOTE_LENGTH]
    _escalate(request, By.BUYER)
    return request


def escalate_unanswered(*, limit: int = 200) -> int:
    """Requests whose shop did not answer in time go to staff by themselves."""
    due = RefundRequest.objects.filter(state=State.ASKED, answer_by__lte=now())
    ids = due.order_by("answer_by").values_list("pk", flat=True)[:limit]
    return sweep("escalate refund request", list(ids), _escalate_silence)


def remind_of_requests(*, limit: int = 200) -> int:
    """Shops that have a day left to answer are told so, once."""
    soon = RefundRequest.objects.filter(
        state=State.ASKED, reminded_at=None, answer_by__lte=now() + REMIND_BEFORE
    )
    ids = soon.order_by("answer_by").values_list("pk", flat=True)[:limit]
    return sweep("remind of refund request", list(ids), _remind)


@transaction.atomic(durable=True)
def _escalate_silence(pk: int) -> bool:
    request = locked_request(pk)
    if request.state != State.ASKED or request.answer_by > now():
        return False
    _escalate(request, By.CLOCK)
    return True


@transaction.atomic(durable=True)
def _remind(pk: int) -> bool:
    request = locked_request(pk)
    if request.state != State.ASKED or request.reminded_at is not None:
        return False
    request.reminded_at = now()
    request.save(update_fields=["reminded_at"])
    enqueue(topic="mail.refund_reminder", key=f"refund_reminder:{pk}", payload={"request": pk})
    return True


def _escalate(request: RefundRequest, by: str) -> None:
    """The money waits for staff, who have their own clock."""
    request.state, request.escalated_by, request.escalated_at = State.ESCALATED, by, now()
    request.decide_by = now() + dt.timedelta(days=policy().escalation_answer_days)
    request.save()
    for row in request.lines.select_related("sale_line__sale"):
        hold_while_asked(line=row.sale_line, until=request.decide_by)
    record(
        action="refund_request.escalated",
        subject=f"sale:{request.sale_id}",
        actor=None,
        request=request.pk,
        by=by,
    )
    enqueue(
        topic="mail.refund_escalated",
        key=f"refund_escalated:{request.pk}",
        payload={"request": request.pk},
    )
