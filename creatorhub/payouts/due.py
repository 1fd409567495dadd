"""Who is owed money, and what keeps it from being paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import payout_minimum
from creatorhub.ledger.models import Account
from creatorhub.money import Money
from creatorhub.payouts.calendar import is_monthly_day
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.rails.registry import rail
from creatorhub.payouts.second_factor import payouts_need_second_factor

PAYABLE = "payee_payable"


class PaidSomehow(Protocol):
    """What the decision reads of a payee: the model has it, and so has a row of values."""

    @property
    def rail(self) -> str: ...
    @property
    def is_ready(self) -> bool: ...
    @property
    def has_second_factor(self) -> bool: ...
    @property
    def schedule(self) -> str: ...
    @property
    def threshold_minor(self) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for everybody in one currency. On other days who is paid monthly waits."""

    minimum_minor: int
    currency: str
    is_monthly_day: bool
    needs_second_factor: bool = False


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
    payees = Payee.objects.select_related("party").in_bulk([int(one.owner) for one in owed])
    holds = open_holds_of(payees)
    rules = {currency: rules_now(currency) for currency in {one.currency for one in owed}}
    return [
        judge(
            payee=payees[int(account.owner)],
            amount=Money(account.balance_minor, account.currency),
            hold=holds.get(int(account.owner)),
            rules=rules[account.currency],
        )
        for account in owed
    ]


def open_holds_of(payee_ids: Iterable[int]) -> dict[int, PayeeHold]:
    """The oldest hold that still runs of each of these payees that has one."""
    rows = PayeeHold.objects.filter(closed_at=None, payee__in=list(payee_ids))
    holds = rows.exclude(ends_by_clock=True, expected_until__lte=now()).order_by("-id")
    return {hold.payee_id: hold for hold in holds}


def rules_now(currency: str) -> Rules:
    """The rules of a run now."""
    return Rules(
        minimum_minor=payout_minimum(currency).minor,
        currency=currency,
        is_monthly_day=is_monthly_day(),
        needs_second_factor=payouts_need_second_factor(),
    )


def judge(*, payee: Payee, amount: Money, hold: PayeeHold | None, rules: Rules) -> Due:
    """One decision for the run and for the pages that show it beforehand. Asks nobody."""
    if hold is not None:
        return Due(payee, amount, hold.reason_code, hold)
    return Due(payee, amount, why_not(payee, amount.minor, rules))


def why_not(payee: PaidSomehow, minor: int, rules: Rules) -> str:
    """The reason code why a run would not pay so much; empty when it would."""
    if rail(payee.rail) is None:
        return "rail_unavailable"
    if not payee.is_ready:
        return "not_ready"
    if rules.needs_second_factor and not payee.has_second_factor:
        return "second_factor_missing"
    if minor < rules.minimum_minor:
        return "below_minimum"
    if minor < payee.threshold_minor.get(rules.currency, 0):
        return "below_threshold"
    if payee.schedule == Payee.Schedule.MONTHLY and not rules.is_monthly_day:
        return "paid_monthly"
    return ""
