"""A buyer asks for money back, or thinks better of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_day
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.foundation.reasons import reason
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import RequestRefusedError
from creatorhub.sales.holds import hold_while_asked
from creatorhub.sales.models import RefundRequest, RefundRequestLine, Sale
from creatorhub.sales.models.refund_request import OPEN_STATES
from creatorhub.sales.refund_rights import Right, may_ask_for_shipping, rights_of
from creatorhub.sales.request_settling import locked_request, stop_waiting

NOTE_LENGTH = 1000
State = RefundRequest.State


@transaction.atomic(durable=True)
def open_refund_request(
    *, sale: Sale, pieces: Mapping[int, int], reason_code: str, note: str = ""
) -> RefundRequest:
    """Ask the shop for so many pieces per line (SaleLine ids; shipping counts as one).

    The shop has the policy's days to answer; the money waits meanwhile. The same request again
    gives the one that is there. RequestRefusedError says why it cannot be asked for.
    """
    reason(reason_code)
    sale = Sale.objects.select_for_update().get(pk=sale.pk)
    wanted = {pk: quantity for pk, quantity in pieces.items() if quantity}
    waiting = RefundRequest.objects.filter(sale=sale, state__in=OPEN_STATES).first()
    if waiting is not None:
        return _same(waiting, wanted)
    if not wanted:
        raise RequestRefusedError(_("Choose at least one item."))
    rights = {right.line.pk: right for right in rights_of(sale)}
    for pk, quantity in wanted.items():
        _check(rights.get(pk), quantity, sale, reason_code)
    moment = now()
    answer_by = moment + dt.timedelta(days=policy().refund_answer_days)
    request = RefundRequest.objects.create(
        sale=sale,
        reason_code=reason_code,
        note=note[:NOTE_LENGTH],
        asked_at=moment,
        answer_by=answer_by,
    )
    for pk, quantity in sorted(wanted.items()):
        RefundRequestLine.objects.create(
            request=request,
            sale_line=rights[pk].line,
            quantity=quantity,
            amount_minor=rights[pk].worth_of(quantity).minor,
        )
        hold_while_asked(line=rights[pk].line, until=answer_by)
    enqueue(
        topic="mail.refund_asked",
        key=f"refund_asked:{request.pk}",
        payload={"request": request.pk},
    )
    return request


@transaction.atomic(durable=True)
def withdraw_refund_request(*, request: RefundRequest) -> RefundRequest:
    """The buyer needs no money back after all. Safe to repeat; an answered one stays answered."""
    request = locked_request(request.pk)
    if request.is_open:
        request.state, request.withdrawn_at = State.CLOSED, now()
        request.save(update_fields=["state", "withdrawn_at"])
        stop_waiting(request=request)
        record(action="refund_request.withdrawn", subject=f"sale:{request.sale_id}", actor=None)
        enqueue(
            topic="mail.refund_withdrawn",
            key=f"refund_withdrawn:{request.pk}",
            payload={"request": request.pk},
        )
    return request


def _same(waiting: RefundRequest, wanted: Mapping[int, int]) -> RefundRequest:
    """A second press of the same button; another wish has to wait for the first one's answer."""
    asked = dict(waiting.lines.values_list("sale_line_id", "quantity"))
    if asked != wanted:
        raise RequestRefusedError(
            _("You have asked about this order already. Please wait for the answer first.")
        )
    return waiting


def _check(right: Right | None, quantity: int, sale: Sale, reason_code: str) -> None:
    if right is None:
        raise RequestRefusedError(_("This item is not part of this order."))
    named = {"title": right.line.title}
    if right.problem:
        raise RequestRefusedError(_problem(right) % named)
    if not 0 < quantity <= right.pieces:
        named["left"] = str(right.pieces)
        raise RequestRefusedError(
            _("Of “%(title)s” only %(left)s can still be given back.") % named
        )
    if right.is_shipping and not may_ask_for_shipping(sale, reason_code):
        raise RequestRefusedError(
            _("This shop gives back what sending cost only when something was wrong with it.")
        )
    if not right.worth_of(quantity):
        raise RequestRefusedError(_("This is too little to be given back by itself.") % named)


def _problem(right: Right) -> str:
    if right.problem == "too_late" and right.until is not None:
        day = format_day(right.until)
        return _("The time to ask for this was over on %(day)s: “%%(title)s”.") % {"day": day}
    return {
        "given_back": _("“%(title)s” was given back already."),
        "answered": _("“%(title)s” was answered already. You can ask our team to look at it."),
        "disputed": _("Your bank is looking at “%(title)s”. What it decides comes first."),
    }[right.problem]
