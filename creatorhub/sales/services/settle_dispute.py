"""What a bank says of a dispute, and what that means to everybody's money.

Events only say that something happened: the gateway is asked, and the dispute moves on from
wherever it stands. So late, repeated and missing events end in the same place.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.payments.gateway import DisputeStatus
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payments.registry import gateway
from creatorhub.sales.dispute_book import post_taken, post_won
from creatorhub.sales.disputes import (
    RANK,
    TAKES_MONEY,
    UnknownPaymentError,
    locked_lines_of,
    spread,
)
from creatorhub.sales.holds import DISPUTE
from creatorhub.sales.models import Checkout, Dispute, DisputeLine, SaleLine
from creatorhub.sales.reholds import hold_lines, let_lines_go
from creatorhub.sales.services.complete_attempt import complete_attempt
from creatorhub.sales.services.lose_dispute import lose_dispute

log = logging.getLogger(__name__)
State = Dispute.State

INQUIRY = "dispute_inquiry"
# Card networks give banks about this long to decide.
BANK_DECIDES_WITHIN = dt.timedelta(days=75)
# Where a provider names no date to answer by.
ANSWER_WITHIN = dt.timedelta(days=7)


def settle_dispute(*, provider: str, provider_id: str, reference: str = "") -> Dispute:
    """Ask the gateway about a dispute and move ours to where it stands. Safe to repeat.

    `reference` is the payment attempt's, if the event knew it. UnknownPaymentError when nothing
    was recorded for the payment yet.
    """
    status = gateway(provider).retrieve_dispute(provider_id)
    checkout = _checkout_of(provider, status.payment_id, reference)
    return _move(provider, checkout, status)


def _checkout_of(provider: str, payment_id: str, reference: str) -> Checkout:
    """The order a payment paid. A payment whose own event was lost is recorded first."""
    found = _attempt(provider, payment_id)
    if reference and (found is None or found.state == PaymentAttempt.State.PAID):
        complete_attempt(reference=reference)
        found = _attempt(provider, payment_id)
    if found is None:
        raise UnknownPaymentError(f"{provider} {payment_id}")
    return Checkout.objects.select_related("order").get(attempt_reference=found.reference)


def _attempt(provider: str, payment_id: str) -> PaymentAttempt | None:
    return PaymentAttempt.objects.filter(gateway=provider, payment_id=payment_id).first()


@transaction.atomic(durable=True)
def _move(provider: str, checkout: Checkout, status: DisputeStatus) -> Dispute:
    dispute, is_new = _keep(provider, checkout, status)
    if not is_new and not _is_news(dispute, status):
        return dispute
    lines = locked_lines_of(checkout)
    before = "" if is_new else dispute.state
    dispute.state, dispute.due_by = status.state, status.due_by or dispute.due_by
    if before == State.INQUIRY and status.state == "needs_response":
        dispute.answered_at = dispute.answered_by = dispute.sent_at = None  # It was to a question.
    if dispute.state in TAKES_MONEY and dispute.taken_at is None:
        _take(dispute, status, lines)
    if dispute.is_open:
        _let_wait(dispute, lines)
    else:
        _end(dispute, status, lines)
    dispute.save()
    record(
        action=f"dispute.{dispute.state}",
        subject=f"order:{checkout.order.number}",
        dispute=dispute.pk,
        before=before,
        amount_minor=dispute.amount_minor,
        reason=dispute.reason,
    )
    _tell(dispute, before)
    return dispute


def _keep(provider: str, checkout: Checkout, status: DisputeStatus) -> tuple[Dispute, bool]:
    """Our row of it, locked; made by whichever event comes first."""
    Checkout.objects.select_for_update(of=("self",)).get(pk=checkout.pk)
    known = Dispute.objects.filter(provider=provider, provider_id=status.provider_id)
    dispute = known.select_for_update(of=("self",)).select_related("order").first()
    if dispute is not None:
        return dispute, False
    made = Dispute.objects.create(
        order=checkout.order,
        provider=provider,
        provider_id=status.provider_id,
        payment_id=status.payment_id,
        amount_minor=status.amount.minor,
        currency=status.amount.currency,
        reason=status.reason[:60],
        due_by=status.due_by,
        opened_at=now(),
    )
    return made, True


def _is_news(dispute: Dispute, status: DisputeStatus) -> bool:
    if not dispute.is_open and dispute.state != status.state:
        log.error("dispute %s ended %s, now %s", dispute.pk, dispute.state, status.state)
    has_moved = RANK[status.state] > RANK[dispute.state]
    has_new_date = dispute.state == status.state and status.due_by not in (None, dispute.due_by)
    return dispute.is_open and (has_moved or has_new_date)


def _take(dispute: Dispute, status: DisputeStatus, lines: list[SaleLine]) -> None:
    """The bank has the money now: from which lines it would be lost is settled here."""
    dispute.amount_minor, dispute.fee_minor = status.amount.minor, status.fee.minor
    DisputeLine.objects.bulk_create(
        DisputeLine(dispute=dispute, sale_line_id=pk, disputed_minor=amount.minor)
        for pk, amount in spread(dispute.amount, lines).items()
    )
    dispute.taken_at = now()
    dispute.save()
    post_taken(dispute=dispute)


def _let_wait(dispute: Dispute, lines: list[SaleLine]) -> None:
    """Until the bank has decided, the money of the whole order waits, commissions too."""
    until = dispute.due_by or dispute.opened_at + ANSWER_WITHIN
    if dispute.state == State.UNDER_REVIEW:
        until = now() + BANK_DECIDES_WITHIN
    code = INQUIRY if dispute.state == State.INQUIRY else DISPUTE
    hold_lines(lines=lines, reason_code=code, until=until)
    if code == DISPUTE and not _others(dispute, inquiries=True):
        let_lines_go(lines=lines, reason_code=INQUIRY, outcome="became_dispute")


def _end(dispute: Dispute, status: DisputeStatus, lines: list[SaleLine]) -> None:
    dispute.closed_at = now()
    fee_change = status.fee.minor - dispute.fee_minor if dispute.taken_at else 0
    dispute.fee_minor += fee_change
    dispute.save()
    if dispute.state == State.LOST:
        lose_dispute(dispute=dispute, lines=lines, fee_change=fee_change)
    elif dispute.taken_at is not None:
        post_won(dispute=dispute, fee_change=fee_change)
    for code, inquiries in ((INQUIRY, True), (DISPUTE, False)):
        if not _others(dispute, inquiries=inquiries):
            let_lines_go(lines=lines, reason_code=code, outcome=dispute.state)


def _others(dispute: Dispute, *, inquiries: bool) -> bool:
    """Whether another dispute of the same order still holds its money for this reason."""
    rows = Dispute.objects.filter(order=dispute.order_id, closed_at=None).exclude(pk=dispute.pk)
    asks = rows.filter(state=State.INQUIRY)
    return (asks if inquiries else rows.exclude(state=State.INQUIRY)).exists()


def _tell(dispute: Dispute, before: str) -> None:
    """Shops, affiliates and staff hear of each step once, however often an event arrives."""
    steps: dict[str, str] = {State.INQUIRY: "opened", State.NEEDS_RESPONSE: "opened"}
    if not dispute.is_open:
        steps = {dispute.state: "lost" if dispute.state == State.LOST else "won"}
    step = steps.get(dispute.state)
    if step is None or before == dispute.state:
        return
    enqueue(
        topic="mail.dispute",
        key=f"dispute:{dispute.pk}:{dispute.state}",
        payload={"dispute": dispute.pk, "step": step},
    )
