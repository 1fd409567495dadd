"""What the desk shows: what is due, what is stuck, what was put aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from creatorhub.community.models import Report
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.money import Money
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.models import Quarantine, WebhookEvent
from creatorhub.payouts.due import Due, what_is_due
from creatorhub.payouts.models import Payee, PayoutRun
from creatorhub.studio.cash.selectors import count_for_staff
from creatorhub.studio.desk.batches import counts_of_batches
from creatorhub.studio.desk.disputes.selectors import waiting_for_us
from creatorhub.studio.desk.holds.selectors import overdue_count
from creatorhub.studio.desk.refunds import count_refunds


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody a run did not pay, and why."""

    payee: Payee
    amount: Money
    reason: Reason


@dataclass(frozen=True, slots=True)
class DueNow:
    """What a run would pay now, what it would leave, and the sums it would pay."""

    payable: list[Due]
    waiting: list[tuple[Due, Reason]]
    sums: list[Money]


def due_now() -> DueNow:
    """The same judgement the run makes, made beforehand."""
    due = what_is_due()
    payable = [one for one in due if one.is_payable]
    currencies = sorted({one.amount.currency for one in payable})
    return DueNow(
        payable=payable,
        waiting=[(one, reason(one.reason_code)) for one in due if not one.is_payable],
        sums=[
            Money.total((one.amount for one in payable if one.amount.currency == code), code)
            for code in currencies
        ],
    )


def skipped_of(run: PayoutRun) -> list[Skipped]:
    """Whom a run left out, with their names and its reasons."""
    payees = Payee.objects.select_related("party").in_bulk([row["payee"] for row in run.skipped])
    return [
        Skipped(
            payee=payees[int(str(row["payee"]))],
            amount=Money(int(str(row["minor"])), str(row["currency"])),
            reason=reason(str(row["reason_code"])),
        )
        for row in run.skipped
    ]


def dead_messages() -> QuerySet[OutboxMessage]:
    """Effects that failed too often and wait for a person."""
    return OutboxMessage.objects.filter(done_at=None).exclude(dead_at=None).order_by("dead_at")


def dead_events() -> QuerySet[WebhookEvent]:
    """Events of a payment provider that could not be handled."""
    return WebhookEvent.objects.filter(handled_at=None).exclude(dead_at=None).order_by("dead_at")


def open_quarantine() -> QuerySet[Quarantine]:
    """Payments that were put aside, longest waiting first."""
    return Quarantine.objects.filter(closed_at=None).select_related("attempt").order_by("opened_at")


def counts() -> dict[str, int]:
    """What waits at each part of the desk."""
    return {
        "reports": Report.objects.filter(state=Report.State.OPEN).count(),
        "refunds": count_refunds(),
        "quarantine": open_quarantine().count(),
        "stuck": dead_messages().count() + dead_events().count(),
        "disputes": waiting_for_us(),
        "holds": overdue_count(),
        "cash": count_for_staff(),
        **counts_of_batches(),
    }


def same_reports(report: Report) -> QuerySet[Report]:
    """Other open reports about the same thing."""
    return Report.objects.filter(
        shop=report.shop, listing=report.listing, post=report.post, state=Report.State.OPEN
    ).exclude(pk=report.pk)


def public_url(report: Report) -> str:
    """Where everyone sees (or saw) what was reported."""
    handle = report.shop.handle
    if report.listing is not None:
        return reverse("storefront:product", args=[handle, report.listing.slug])
    if report.post is not None:
        return reverse("storefront:post", args=[handle, report.post.slug])
    return reverse("storefront:shop", args=[handle])
