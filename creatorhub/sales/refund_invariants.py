"""What must always be true of money that buyers ask back. Each function returns what breaks it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from creatorhub.foundation.clock import now
from creatorhub.foundation.invariant import Broken
from creatorhub.ledger.models import JournalEntry
from creatorhub.sales.holds import REFUND_ASKED
from creatorhub.sales.models import (
    Dispute,
    DisputeLine,
    Hold,
    Refund,
    RefundRequest,
    RefundRequestLine,
    ReturnedPayment,
    SaleLine,
)
from creatorhub.sales.models.refund_request import OPEN_STATES
from creatorhub.sales.return_book import KINDS

# The sweep runs every five minutes; after a quiet night it catches up at once.
SWEPT_WITHIN = dt.timedelta(hours=6)


def pieces_that_do_not_add_up() -> list[Broken]:
    """The pieces of a line that went back are those of its refunds that stand, and their stock.

    A lost dispute may have taken the rest: no refund says so.
    """
    stands = ~Q(refund_lines__refund__state=Refund.State.FAILED)
    lost = DisputeLine.objects.filter(
        sale_line=OuterRef("pk"), dispute__state=Dispute.State.LOST, refunded_minor__gt=0
    )
    lines = (
        SaleLine.objects.annotate(given=Coalesce(Sum("refund_lines__quantity", filter=stands), 0))
        .exclude(given=F("refunded_quantity"))
        .exclude(Exists(lost), given__lt=F("refunded_quantity"))
    )
    broken = [
        Broken(
            f"sale line {row.pk}", f"{row.refunded_quantity} pieces back, refunds say {row.given}"
        )
        for row in lines.order_by("pk")
    ]
    rows = Refund.objects.filter(lines__restocked__gt=F("lines__quantity")).order_by("pk")
    broken += [Broken(f"refund {row.pk}", "restocked more than came back") for row in rows]
    return broken


def requests_nobody_answers() -> list[Broken]:
    """A request past its date is with staff; an accepted one gave money of its own sale."""
    late = RefundRequest.objects.filter(
        state=RefundRequest.State.ASKED, answer_by__lt=now() - SWEPT_WITHIN
    )
    broken = [
        Broken(f"refund request {row.pk}", f"was due {row.answer_by}")
        for row in late.order_by("pk")
    ]
    foreign = RefundRequest.objects.filter(refund__isnull=False).exclude(
        refund__sale=F("sale"), state=RefundRequest.State.ACCEPTED
    )
    broken += [
        Broken(f"refund request {row.pk}", f"{row.state}, with refund {row.refund_id}")
        for row in foreign.order_by("pk")
    ]
    return broken


def money_asked_back_that_moves() -> list[Broken]:
    """What a buyer asks for waits for the answer, and for nothing once it is there."""
    open_lines = RefundRequestLine.objects.filter(
        sale_line=OuterRef("sale_line"), request__state__in=OPEN_STATES
    )
    held = Hold.objects.filter(
        sale_line=OuterRef("sale_line"), reason_code=REFUND_ASKED, closed_at=None
    )
    moving = RefundRequestLine.objects.filter(
        ~Exists(held),
        request__state__in=OPEN_STATES,
        sale_line__released_at=None,
        sale_line__refunded_minor__lt=F("sale_line__base_minor"),
    )
    broken = [
        Broken(f"sale line {row.sale_line_id}", "is asked back and not held")
        for row in moving.order_by("pk")
    ]
    idle = Hold.objects.filter(~Exists(open_lines), reason_code=REFUND_ASKED, closed_at=None)
    broken += [Broken(f"hold {row.pk}", "waits for no request") for row in idle.order_by("pk")]
    return broken


def returned_payments_without_their_entries() -> list[Broken]:
    """A payment without a sale was taken once, sent back once per try, and owed while it failed."""
    expected: set[str] = set()
    for row in ReturnedPayment.objects.select_related("checkout__order"):
        kind, number = KINDS[row.reason_code], row.checkout.order.number
        expected.add(f"{kind}.paid:{number}")
        for attempt in range(1, row.tries + 1):
            suffix = f":{attempt}" if attempt > 1 else ""
            expected.add(f"{kind}.refunded:{number}{suffix}")
            if attempt < row.tries or row.state == Refund.State.FAILED:
                expected.add(f"{kind}.refund_failed:{number}{suffix}")
    kinds = tuple(f"{kind}." for kind in sorted(set(KINDS.values())))
    written = {
        key
        for key in JournalEntry.objects.values_list("idempotency_key", flat=True)
        if key.startswith(kinds)
    }
    return [
        Broken(f"entry {key}", "is missing" if key in expected else "is of nothing that happened")
        for key in sorted(expected ^ written)
    ]
