"""Who is owed money, and what keeps it from being paid."""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.foundation.policy import payout_minimum
from creatorhub.ledger.models import Account
from creatorhub.money import Money
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
    accounts = Account.objects.filter(name=PAYABLE, balance_minor__gt=0)
    owed = accounts.order_by("currency", "owner", "pk")
    payees = Payee.objects.select_related("party").in_bulk([int(account.owner) for account in owed])
    holds = {hold.payee_id: hold for hold in PayeeHold.objects.filter(closed_at=None)}
    return [
        judge(
            payee=payees[int(account.owner)],
            amount=Money(account.balance_minor, account.currency),
            hold=holds.get(int(account.owner)),
        )
        for account in owed
    ]


def judge(*, payee: Payee, amount: Money, hold: PayeeHold | None) -> Due:
    """One decision for the run and for the pages that show it beforehand."""
    if hold is not None:
        return Due(payee, amount, hold.reason_code, hold)
    way = rail(payee.rail)
    if way is None or not way.is_ready(payee):
        return Due(payee, amount, "rail_unavailable")
    if amount < payout_minimum(amount.currency):
        return Due(payee, amount, "below_minimum")
    return Due(payee, amount)
