"""Who is owed money, and what keeps it from being paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from creatorhub.foundation.policy import payout_minimum
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.payouts.calendar import is_monthly_day
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.rails.registry import rail

PAYABLE = "payee_payable"


@dataclass(frozen=True, slots=True)
class Due:
    """What one payee is owed in one currency. An empty `reason_code` means: pay it."""

    payee: Payee
    amount: Money
    reason_code: str = ""
    hold: PayeeHold | None = None

    @property
    def is_payable(self) -> bool:
        return not self.reason_code


def what_is_due() -> list[Due]:
    """Everybody with money to be paid, and why any of it would wait, as of now."""
    return judge_accounts(owed_accounts().order_by("currency", "owner", "pk"))


def owed_accounts() -> QuerySet[Account]:
    """The accounts that somebody is to be paid from."""
    return Account.objects.filter(name=PAYABLE, balance_minor__gt=0)


def judge_accounts(accounts: Iterable[Account]) -> list[Due]:
    """One decision per account, with as many queries for a thousand as for one."""
    owed = list(accounts)
    owners = {int(account.owner) for account in owed}
    payees = Payee.objects.select_related("party").in_bulk(owners)
    open_holds = PayeeHold.objects.filter(closed_at=None, payee__in=owners).order_by("-id")
    holds = {hold.payee_id: hold for hold in open_holds}
    currencies = {account.currency for account in owed}
    monthly = is_monthly_day()
    minimums = {currency: payout_minimum(currency) for currency in currencies}
    return [
        judge(
            payee=payees[int(account.owner)],
            amount=Money(account.balance_minor, account.currency),
            hold=holds.get(int(account.owner)),
            minimum=minimums[account.currency],
            is_monthly_day=monthly,
        )
        for account in owed
    ]


def judge(
    *,
    payee: Payee,
    amount: Money,
    hold: PayeeHold | None,
    minimum: Money,
    is_monthly_day: bool = True,
) -> Due:
    """One decision for the run and for the pages that show it beforehand. Asks nobody.

    `is_monthly_day`: whether those who are paid once a month are paid by a run now.
    """
    if hold is not None:
        return Due(payee, amount, hold.reason_code, hold)
    return Due(payee, amount, _why_not(payee, amount, minimum, is_monthly_day=is_monthly_day))


def _why_not(payee: Payee, amount: Money, minimum: Money, *, is_monthly_day: bool) -> str:
    if rail(payee.rail) is None:
        return "rail_unavailable"
    if not payee.is_ready:
        return "not_ready"
    if amount < minimum:
        return "below_minimum"
    if amount < payee.threshold(amount.currency):
        return "below_threshold"
    if payee.schedule == Payee.Schedule.MONTHLY and not is_monthly_day:
        return "paid_monthly"
    return ""
