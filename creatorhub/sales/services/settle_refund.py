"""What became of a refund: it arrived, or the books are put back and everybody is told."""

from __future__ import annotations

from django.db import transaction
from oscar.apps.order.models import Order

from creatorhub.affiliates.services import restore_commission
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.offers.registry import engine_of
from creatorhub.outbox.services import enqueue
from creatorhub.sales.entries import post_failed_refund
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import DISPUTE, hold_after_failed_refund, window_of
from creatorhub.sales.models import Dispute, Refund, RefundLine, Sale, SaleFreeze, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.refund_requests import (
    REFUND_PREFIX,
    RETURN_PREFIX,
    named_return,
    refund_reference,
)
from creatorhub.sales.reholds import hold_lines
from creatorhub.sales.reversal import Reversed, reversed_at, reversed_so_far
from creatorhub.sales.services.collect_cash import owe_again
from creatorhub.sales.services.refund_lines import keep_reversed
from creatorhub.sales.services.return_payment import fail_return, settle_return

INQUIRY = "dispute_inquiry"


def settle_refund(*, reference: str) -> None:
    """The provider says it arrived. A refund that failed once stays failed."""
    if reference.startswith(REFUND_PREFIX):
        Refund.objects.filter(
            pk=int(reference.removeprefix(REFUND_PREFIX)), state=Refund.State.SENDING
        ).update(state=Refund.State.PAID, paid_at=now())
    elif reference.startswith(RETURN_PREFIX):
        pk, attempt = named_return(reference)
        settle_return(pk=pk, attempt=attempt)


def fail_refund(*, reference: str) -> None:
    """The provider could not give it back (also after it said it had). Safe to repeat."""
    if reference.startswith(REFUND_PREFIX):
        _fail(int(reference.removeprefix(REFUND_PREFIX)))
    elif reference.startswith(RETURN_PREFIX):
        pk, attempt = named_return(reference)
        fail_return(pk=pk, attempt=attempt)


@transaction.atomic(durable=True)
def _fail(refund_id: int) -> None:
    refund = Refund.objects.select_related("sale__order", "sale__shop__owner").get(pk=refund_id)
    Sale.objects.select_for_update().get(pk=refund.sale_id)
    refund.refresh_from_db(fields=["state"])
    if refund.state == Refund.State.FAILED:
        return
    refund.state, refund.paid_at = Refund.State.FAILED, None
    refund.save(update_fields=["state", "paid_at"])
    given = {row.sale_line_id: row for row in RefundLine.objects.filter(refund=refund)}
    lines = (
        SaleLine.objects.filter(pk__in=given)
        .select_related("sale__order", "sale__shop__owner", "listing", "order_line")
        .order_by("pk")
    )
    moves = [
        (shared, _put_back(refund, shared, given[shared.line.pk])) for shared in shared_by(lines)
    ]
    post_failed_refund(refund=refund, moves=moves)
    _wait_again(refund.sale, [shared.line for shared, _ in moves])
    if refund.sale.is_collected_by_shop:
        owe_again(refund.sale)
    # Oscar's pipeline has no way back from "refunded"; the money has.
    Order.objects.filter(pk=refund.sale.order_id, status="refunded").update(status="paid")
    record(action="refund.failed", subject=f"sale:{refund.sale_id}", refund=refund.pk)
    enqueue(
        topic="mail.refund_failed", key=f"refund_failed:{refund.pk}", payload={"refund": refund.pk}
    )


def _wait_again(sale: Sale, lines: list[SaleLine]) -> None:
    """A refund lets its lines go; as it failed, they wait for whatever still asks for them."""
    for freeze in SaleFreeze.objects.filter(sale=sale, closed_at=None):
        hold_lines(lines=lines, reason_code=freeze.reason_code, until=freeze.expected_until)
    for dispute in Dispute.objects.filter(order=sale.order_id, closed_at=None):
        code = INQUIRY if dispute.state == Dispute.State.INQUIRY else DISPUTE
        hold_lines(lines=lines, reason_code=code, until=dispute.due_by or now() + window_of(sale))


def _put_back(refund: Refund, shared: Shared, given: RefundLine) -> Reversed:
    """A line's shares as if this refund had not been; returns the (negative) difference."""
    line = shared.line
    was_taken = line.pieces_left == 0
    before = reversed_so_far(line)
    after = reversed_at(line, before.refunded - Money(given.refunded_minor, line.sale.currency))
    keep_reversed(line, after, pieces=-given.quantity)
    if shared.commission is not None:
        restore_commission(
            order_line=line.item,
            refund_source=refund_reference(refund),
            target_reversed=after.commission,
        )
    if line.released_at is None:
        hold_after_failed_refund(line=line)
    if was_taken and line.listing is not None:
        engine_of(line.listing.way).restore(order_line=line.order_line)
    return after.since(before)
