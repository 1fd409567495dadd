"""The chart of accounts in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from creatorhub.foundation.reasons import Words
from creatorhub.ledger.models import Account
from creatorhub.payouts.models import Payee

ACCOUNTS: dict[str, Words] = {
    "processor_balance": _("At the payment processor"),
    "bank": _("In the bank"),
    "payee_receivable": _("Owed to us by payees"),
    "disputes_in_review": _("In disputes"),
    "payee_held": _("Held for payees"),
    "payee_payable": _("Ready to be paid to payees"),
    "tax_payable": _("Tax to hand on"),
    "buyer_credit": _("Owed to buyers"),
    "platform_fees": _("Fees of the market"),
    "donations": _("Donations"),
    "processor_fees": _("Fees of the payment processor"),
    "dispute_fees": _("Fees of disputes"),
    "bad_debt": _("Written off"),
    "fx": _("Differences of exchange"),
}
OWNED: dict[str, Words] = {
    "payee_receivable": _("Owed to us"),
    "payee_held": _("Held"),
    "payee_payable": _("Ready to be paid"),
    "tax_payable": _("Tax"),
}
KINDS: dict[str, Words] = {
    Account.Kind.ASSET: _("What the market has"),
    Account.Kind.LIABILITY: _("What the market owes"),
    Account.Kind.INCOME: _("What the market earned"),
    Account.Kind.EXPENSE: _("What it cost"),
}


def account_name(name: str) -> str:
    """All accounts of one name, as a heading."""
    return str(ACCOUNTS.get(name, name))


def account_title(account: Account, names: dict[str, str]) -> str:
    """One account with its owner: `Held: Noor`. `names` are those of owners."""
    if not account.owner:
        return account_name(account.name)
    own = str(OWNED.get(account.name, account_name(account.name)))
    return f"{own}: {names.get(account.owner, account.owner)}"


def names_of(owners: Iterable[str]) -> dict[str, str]:
    """The names of payees, by how the book calls them."""
    wanted = {int(owner) for owner in owners if owner.isdecimal()}
    payees = Payee.objects.filter(pk__in=wanted).select_related("party")
    return {payee.ledger_owner: payee.party.name for payee in payees}
