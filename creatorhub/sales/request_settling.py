"""What ends a buyer's request for money back, whoever ends it."""

from __future__ import annotations

from creatorhub.foundation.clock import now
from creatorhub.sales.holds import REFUND_ASKED, close_holds
from creatorhub.sales.models import Refund, RefundRequest, Sale
from creatorhub.sales.models.refund_request import OPEN_STATES

State = RefundRequest.State


def settle_requests(*, refund: Refund) -> None:
    """Money went back without an answer to the request: it is one, when it gives all of it.

    Runs under the sale's lock.
    """
    request = RefundRequest.objects.filter(sale=refund.sale_id, state__in=OPEN_STATES).first()
    if request is None or not _is_covered(request, refund):
        return
    request.state, request.refund = State.ACCEPTED, refund
    if request.answered_at is None:
        request.answered_at, request.answered_by = now(), refund.decided_by
        request.answer_note = refund.note
    request.save()
    stop_waiting(request=request)


def stop_waiting(*, request: RefundRequest) -> None:
    """The money that was asked for waits for this no longer."""
    for row in request.lines.select_related("sale_line"):
        close_holds(line=row.sale_line, outcome=request.state, reason_code=REFUND_ASKED)


def _is_covered(request: RefundRequest, refund: Refund) -> bool:
    given = dict(refund.lines.values_list("sale_line_id", "refunded_minor"))
    return all(
        row.sale_line.is_refunded or given.get(row.sale_line_id, 0) >= row.amount_minor
        for row in request.lines.select_related("sale_line")
    )


def locked_request(pk: int) -> RefundRequest:
    """A request under its sale's lock, then its own: answers, refunds and sweeps take turns."""
    sale_id = RefundRequest.objects.values_list("sale_id", flat=True).get(pk=pk)
    Sale.objects.select_for_update().get(pk=sale_id)
    rows = RefundRequest.objects.select_for_update(of=("self",))
    return rows.select_related("sale__order", "sale__shop__owner").get(pk=pk)
