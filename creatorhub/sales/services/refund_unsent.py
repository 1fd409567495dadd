"""Not sent, although its shop was reminded: the buyer gets the money back by itself."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.outbox.services import enqueue
from creatorhub.sales.holds import DISPUTE
from creatorhub.sales.models import Hold, Sale, SaleLine
from creatorhub.sales.parts import Part, portions_of, with_orphaned_shipping
from creatorhub.sales.services.refund_lines import give_back, locked_lines
from creatorhub.sales.sweeps import sweep

NOT_SENT = "not_sent_in_time"


def given_back_at(reminded_at: dt.datetime) -> dt.datetime:
    """When an unsent parcel's money goes back, once its shop was reminded at this moment."""
    return reminded_at + dt.timedelta(days=policy().unsent_grace_days)


def refund_unsent(*, limit: int = 200) -> int:
    """Give back what was not sent in the policy's days after the reminder; how many sales."""
    due = _overdue_lines().order_by("sale_id").values_list("sale_id", flat=True).distinct()
    return sweep("refund unsent", list(due[:limit]), _refund_unsent)


def _overdue_lines() -> QuerySet[SaleLine]:
    """A reminder comes first, always: a worker that slept refunds nobody out of the blue."""
    reminded_before = now() - dt.timedelta(days=policy().unsent_grace_days)
    disputed = Hold.objects.filter(sale_line=OuterRef("pk"), reason_code=DISPUTE, closed_at=None)
    return SaleLine.objects.filter(
        ~Exists(disputed),
        order_line__fulfilment__state=Fulfilment.State.TO_SEND,
        order_line__fulfilment__nudged_at__lte=reminded_before,
        sale__collected_by=Sale.Collector.PROCESSOR,
        refunded_minor__lt=F("base_minor"),
    )


@transaction.atomic(durable=True)
def _refund_unsent(sale_id: int) -> bool:
    lines = locked_lines(Sale.objects.get(pk=sale_id))
    late = _overdue_lines().filter(sale=sale_id).values_list("pk", flat=True)
    if not late:
        return False
    parts = with_orphaned_shipping(lines, [Part(pk) for pk in late])
    refund = give_back(portions_of(lines, parts), reason_code=NOT_SENT)
    enqueue(topic="mail.not_sent", key=f"not_sent:{refund.pk}", payload={"refund": refund.pk})
    return True
