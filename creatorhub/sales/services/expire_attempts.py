"""Not paid in time: the page is closed first, then the stock goes back."""

from __future__ import annotations

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.offers.goods.stock import release_stock
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.services import expire_page
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.complete_attempt import complete_attempt
from creatorhub.sales.services.end_transfer import end_transfer
from creatorhub.sales.sweeps import sweep

State = PaymentAttempt.State
UNPAID = (State.CREATED, State.AWAITING)


def expire_due_attempts(*, limit: int = 200) -> int:
    """Close every page whose time is over; returns how many orders were closed unpaid."""
    due = PaymentAttempt.objects.filter(state__in=UNPAID, expires_at__lte=now())
    references = due.order_by("expires_at").values_list("reference", flat=True)[:limit]
    return sweep("expire", list(references), lambda reference: expire_attempt(reference=reference))


def expire_attempt(*, reference: str) -> bool:
    """Ask the gateway to close the page, outside any transaction; only its word frees the stock.

    When the buyer was faster, the order is completed instead. True when it was closed unpaid.
    """
    attempt = PaymentAttempt.objects.get(reference=reference)
    if attempt.state not in UNPAID:
        return False
    status = expire_page(attempt=attempt)
    if status.state == "paid":
        complete_attempt(reference=reference)
        return False
    return status.state == "expired" and _close(reference, attempt.provider_id)


@transaction.atomic(durable=True)
def _close(reference: str, provider_id: str) -> bool:
    attempt = PaymentAttempt.objects.select_for_update().get(reference=reference)
    # A page made meanwhile was not the one that was closed: the next sweep closes it.
    if attempt.state not in UNPAID or attempt.provider_id != provider_id:
        return False
    attempt.state = State.EXPIRED
    attempt.save(update_fields=["state"])
    checkout = Checkout.objects.select_related("order").get(attempt_reference=reference)
    release_stock(order_lines=checkout.order.lines.all())
    checkout.order.set_status("expired")
    end_transfer(checkout=checkout)
    return True
