"""Paying by bank transfer: a file people hand to the market's own bank."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.payouts.models import BankAccount

PREFIX = "bank:"


class ManualBankRail:
    """Keeps the promises of ByHandRail; a destination is "bank:<id of a bank account>"."""

    key = "manual_bank"
    name = _("To your bank account")

    def file_rows(self, destinations: list[str]) -> dict[str, dict[str, str]]:
        ids = [account_id(destination) for destination in destinations]
        return {
            destination_of(account): {
                "holder": account.holder,
                "number": account.number,
                "bank_code": account.bank_code,
                "bic": account.bic,
                "bank": account.bank_name,
                "country": account.country,
            }
            for account in BankAccount.objects.filter(pk__in=ids)
        }


def destination_of(account: BankAccount) -> str:
    """How a payee's destination names a bank account."""
    return f"{PREFIX}{account.pk}"


def account_id(destination: str) -> int:
    """The bank account a destination names."""
    return int(destination.removeprefix(PREFIX))
