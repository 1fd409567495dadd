"""Dates that were promised to people whose money waits: staff hear of each that passed, once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue_all
from creatorhub.payouts.models import PayeeHold
from creatorhub.sales.models import Appeal, Dispute, SaleFreeze

# How long before a bank's deadline staff are reminded of an unanswered dispute.
REMIND_BEFORE = dt.timedelta(days=2)


@transaction.atomic(durable=True)
def watch_holds() -> int:
    """Alert staff to holds and appeals past their date, and disputes nearly so; how many."""
    moment = now()
    unanswered = (Dispute.State.INQUIRY, Dispute.State.NEEDS_RESPONSE)
    overdue = {
        "hold": PayeeHold.objects.filter(
            closed_at=None, ends_by_clock=False, expected_until__lte=moment
        ),
        "freeze": SaleFreeze.objects.filter(closed_at=None, expected_until__lte=moment),
        "appeal": Appeal.objects.filter(state=Appeal.State.OPEN, answer_by__lte=moment),
        "dispute": Dispute.objects.filter(
            state__in=unanswered, answered_at=None, due_by__lte=moment + REMIND_BEFORE
        ),
    }
    payloads = {
        f"overdue:{kind}:{pk}": {"kind": kind, "pk": pk}
        for kind, rows in overdue.items()
        for pk in rows.values_list("pk", flat=True)
    }
    if payloads:
        enqueue_all(topic="mail.overdue", payloads=payloads)
    return len(payloads)
