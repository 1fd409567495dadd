"""The shop answers a buyer who asks for money back; where it did not, staff decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import RefundRefusedError, RequestRefusedError
from creatorhub.sales.models import Refund, RefundRequest
from creatorhub.sales.parts import Part, portions_of, with_orphaned_shipping
from creatorhub.sales.request_settling import locked_request, stop_waiting
from creatorhub.sales.services.refund_lines import give_back, locked_lines

State = RefundRequest.State
NOTE_LENGTH = 1000


@transaction.atomic(durable=True)
def accept_refund_request(
    *, request: RefundRequest, parts: Sequence[Part] = (), note: str = "", actor: Any
) -> Refund:
    """The shop gives back what was asked for, or other `parts` of the sale instead.

    Also after a no, and while staff look at it: a yes is never too late. Once given, a second
    answer gets the same refund. RequestRefusedError when it was taken back or decided,
    RefundRefusedError when so much is not left.
    """
    request = locked_request(request.pk)
    if request.state == State.ACCEPTED and request.refund is not None:
        return request.refund
    if request.state == State.CLOSED:
        raise RequestRefusedError(_ended(request))
    refund = _give(request, parts, note, actor)
    request.answered_at, request.answered_by = now(), actor
    request.answer_note = note[:NOTE_LENGTH]
    _accept(request, refund)
    record(
        action="refund_request.accepted",
        subject=f"sale:{request.sale_id}",
        actor=actor,
        request=request.pk,
        refund=refund.pk,
    )
    return refund


@transaction.atomic(durable=True)
def decline_refund_request(*, request: RefundRequest, note: str, actor: Any) -> RefundRequest:
    """The shop says no, with words; the buyer can have staff look at it. Repeating is harmless.

    RequestRefusedError once somebody else has answered.
    """
    _need_words(note)
    request = locked_request(request.pk)
    if request.state == State.DECLINED:
        return request
    if request.state != State.ASKED:
        raise RequestRefusedError(_ended(request))
    request.state = State.DECLINED
    request.answered_at, request.answered_by = now(), actor
    request.answer_note = note[:NOTE_LENGTH]
    request.save()
    stop_waiting(request=request)
    _tell("mail.refund_declined", request)
    record(
        action="refund_request.declined",
        subject=f"sale:{request.sale_id}",
        actor=actor,
        request=request.pk,
        note=note,
    )
    return request


@transaction.atomic(durable=True)
def decide_refund_request(
    *,
    request: RefundRequest,
    gives_back: bool,
    note: str,
    actor: Any,
    parts: Sequence[Part] = (),
) -> RefundRequest:
    """Staff decide what was escalated: all that was asked, other `parts`, or nothing; with words.

    Their answer is the last one. RequestRefusedError when somebody was faster.
    """
    _need_words(note)
    request = locked_request(request.pk)
    if request.state != State.ESCALATED:
        raise RequestRefusedError(_ended(request))
    request.decided_at, request.decided_by = now(), actor
    request.decision_note = note[:NOTE_LENGTH]
    if gives_back:
        # settle_requests() saves what it read itself; what staff said is written over it.
        _accept(request, _give(request, parts, note, actor))
    else:
        request.state = State.CLOSED
        request.save()
        stop_waiting(request=request)
    _tell("mail.refund_decided", request)
    record(
        action="refund_request.decided",
        subject=f"sale:{request.sale_id}",
        actor=actor,
        request=request.pk,
        gives_back=gives_back,
        note=note,
    )
    return request


def _give(request: RefundRequest, parts: Sequence[Part], note: str, actor: Any) -> Refund:
    lines = locked_lines(request.sale)
    wanted = list(parts) or parts_asked(request)
    portions = portions_of(lines, with_orphaned_shipping(lines, wanted))
    return give_back(portions, reason_code=request.reason_code, note=note, actor=actor)


def parts_asked(request: RefundRequest) -> list[Part]:
    """What was asked for, as far as it is still there. RefundRefusedError when nothing is."""
    rows = request.lines.select_related("sale_line")
    parts = [
        Part(row.sale_line_id, quantity=min(row.quantity, row.sale_line.pieces_left))
        for row in rows
        if row.sale_line.remaining
    ]
    if not parts:
        raise RefundRefusedError(_("Nothing of this is left to give back."))
    return parts


def _accept(request: RefundRequest, refund: Refund) -> None:
    request.state, request.refund = State.ACCEPTED, refund
    request.save()
    stop_waiting(request=request)


def _need_words(note: str) -> None:
    if not note.strip():
        raise RequestRefusedError(_("Say why, so that everybody understands it."))


def _ended(request: RefundRequest) -> str:
    if request.withdrawn_at is not None:
        return _("The buyer has taken this back in the meantime.")
    if request.state == State.ESCALATED:
        return _("Our team is looking at this now. You can still give the money back.")
    return _("This was answered in the meantime.")


def _tell(topic: str, request: RefundRequest) -> None:
    key = f"{topic.removeprefix('mail.')}:{request.pk}"
    enqueue(topic=topic, key=key, payload={"request": request.pk})
