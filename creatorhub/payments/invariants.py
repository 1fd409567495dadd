"""What must always be true of payments. Each function returns the rows that break it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from creatorhub.foundation.clock import now
from creatorhub.foundation.invariant import Broken
from creatorhub.payments.models import PaymentAttempt, PaymentRefund, Quarantine

PATIENCE = dt.timedelta(minutes=5)
PAID_FOR = (PaymentAttempt.State.PAID, PaymentAttempt.State.COMPLETED)


def paid_without_completion() -> list[Broken]:
    """No paid attempt is older than five minutes without its order completed or a quarantine."""
    quarantined = Quarantine.objects.filter(attempt=OuterRef("pk"), closed_at=None)
    waiting = PaymentAttempt.objects.filter(
        state=PaymentAttempt.State.PAID, paid_at__lt=now() - PATIENCE
    ).filter(~Exists(quarantined))
    return [
        Broken(f"attempt {attempt.reference}", f"paid at {attempt.paid_at}, not completed")
        for attempt in waiting.order_by("pk")
    ]


def refunded_more_than_paid() -> list[Broken]:
    """Refunds of an attempt, failed ones aside, are at most what came in."""
    going_back = Q(
        refunds__state__in=[PaymentRefund.State.REQUESTED, PaymentRefund.State.SUCCEEDED]
    )
    rows = PaymentAttempt.objects.annotate(
        back=Sum("refunds__amount_minor", filter=going_back)
    ).filter(back__gt=Coalesce(F("received_minor"), F("amount_minor")))
    return [
        Broken(f"attempt {row.reference}", f"{row.back} refunded of {row.received.minor}")
        for row in rows.order_by("pk")
    ]


def completed_without_payment() -> list[Broken]:
    """A paid or completed attempt says when it was paid and by which payment."""
    rows = PaymentAttempt.objects.filter(state__in=PAID_FOR).filter(
        Q(payment_id="") | Q(paid_at=None)
    )
    return [
        Broken(f"attempt {row.reference}", f"{row.state} without a payment")
        for row in rows.order_by("pk")
    ]


def payment_counted_twice() -> list[Broken]:
    """One succeeded payment belongs to one attempt."""
    twin = PaymentAttempt.objects.filter(
        gateway=OuterRef("gateway"), payment_id=OuterRef("payment_id"), pk__lt=OuterRef("pk")
    )
    rows = PaymentAttempt.objects.exclude(payment_id="").filter(Exists(twin))
    return [
        Broken(f"attempt {row.reference}", f"shares payment {row.payment_id}")
        for row in rows.order_by("pk")
    ]
