"""What the desk shows of bank payments, and of the processor's balance beside the book."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from creatorhub.accounts.models import User
from creatorhub.money import Money
from creatorhub.payouts.models import BalanceCheck, BankAccount, Payout, PayoutBatch
from creatorhub.payouts.rails.manual_bank import account_id, destination_of

UNSETTLED = (
    PayoutBatch.State.DRAFT,
    PayoutBatch.State.PREPARED,
    PayoutBatch.State.APPROVED,
    PayoutBatch.State.SENT,
)
LATELY = 20


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with what it pays."""

    batch: PayoutBatch
    total: Money
    count: int


@dataclass(frozen=True, slots=True)
class Paying:
    """One payout of a batch and the account it goes to, masked."""

    payout: Payout
    account: BankAccount


def batch_rows(*, is_open: bool) -> list[BatchRow]:
    """Batches that wait for somebody, oldest first; or settled ones, newest first."""
    rows = PayoutBatch.objects.select_related("run", "prepared_by", "approved_by").annotate(
        count=Count("payouts"), minor=Sum("payouts__amount_minor")
    )
    if is_open:
        rows = rows.filter(state__in=UNSETTLED).order_by("pk")
    else:
        rows = rows.exclude(state__in=UNSETTLED).order_by("-pk")[:LATELY]
    return [BatchRow(row, Money(row.minor or 0, row.currency), row.count) for row in rows]


def paying(batch: PayoutBatch) -> list[Paying]:
    """The payouts of a batch with their accounts, in the order of the file."""
    payouts = list(batch.payouts.select_related("payee__party").order_by("pk"))
    ids = [account_id(payout.destination) for payout in payouts]
    accounts = {destination_of(row): row for row in BankAccount.objects.filter(pk__in=ids)}
    return [Paying(payout, accounts[payout.destination]) for payout in payouts]


def may_approve(batch: PayoutBatch, user: User) -> bool:
    """Whether this person is the second one: neither started the run nor prepared the batch."""
    is_waiting = batch.state == PayoutBatch.State.PREPARED
    return is_waiting and user.pk not in (batch.prepared_by_id, batch.run.started_by_id)


def balance_checks() -> QuerySet[BalanceCheck]:
    """The last looks at the processor's balance, newest first."""
    return BalanceCheck.objects.order_by("-on", "currency")


def counts_of_batches() -> dict[str, int]:
    """What waits here for the tabs of the desk."""
    latest = BalanceCheck.objects.order_by("currency", "-on").distinct("currency")
    return {
        "batches": PayoutBatch.objects.filter(state__in=UNSETTLED).count(),
        "balances": sum(1 for check in latest if check.difference),
    }
