"""The chart of accounts: which names exist and on which side each grows."""

from __future__ import annotations

from creatorhub.ledger.models import Account

CHART: dict[str, Account.Kind] = {
    "processor_balance": Account.Kind.ASSET,
    "bank": Account.Kind.ASSET,
    "payee_receivable": Account.Kind.ASSET,
    "disputes_in_review": Account.Kind.ASSET,
    "payee_held": Account.Kind.LIABILITY,
    "payee_payable": Account.Kind.LIABILITY,
    "tax_payable": Account.Kind.LIABILITY,
    "buyer_credit": Account.Kind.LIABILITY,
    "platform_fees": Account.Kind.INCOME,
    "donations": Account.Kind.INCOME,
    "processor_fees": Account.Kind.EXPENSE,
    "dispute_fees": Account.Kind.EXPENSE,
    "bad_debt": Account.Kind.EXPENSE,
    "fx": Account.Kind.EXPENSE,
}

# These belong to somebody: their code is name:owner. All others have no owner.
OWNED = frozenset({"payee_receivable", "payee_held", "payee_payable", "tax_payable"})
