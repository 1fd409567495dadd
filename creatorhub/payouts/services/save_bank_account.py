"""A payee's bank account, as they typed it and we checked it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.payouts.bank_numbers import Checked
from creatorhub.payouts.countries import rails_of_country
from creatorhub.payouts.errors import NotOpenThereError
from creatorhub.payouts.models import BankAccount, Payee
from creatorhub.payouts.rails.manual_bank import ManualBankRail, destination_of
from creatorhub.payouts.services.change_destination import change_destination


@transaction.atomic(durable=True)
def save_bank_account(
    *,
    payee: Payee,
    country: str,
    holder: str,
    checked: Checked,
    bank_name: str = "",
    actor: Any = None,
) -> BankAccount:
    """Pay this payee to this account from now on. The same account again changes nothing.

    NotOpenThereError when banks of that country are not open to us.
    """
    if ManualBankRail.key not in rails_of_country(country):
        raise NotOpenThereError(country)
    Payee.objects.select_for_update().get(pk=payee.pk)
    facts = {
        "country": country,
        "holder": holder.strip(),
        "number": checked.number,
        "is_iban": checked.is_iban,
        "bank_code": checked.bank_code,
        "bic": checked.bic,
        "bank_name": bank_name.strip(),
    }
    account = BankAccount.objects.filter(payee=payee, **facts).first()
    if account is None:
        account = BankAccount.objects.create(payee=payee, created_at=now(), **facts)
    change_destination(
        payee=payee,
        rail=ManualBankRail.key,
        destination=destination_of(account),
        is_ready=True,
        actor=actor,
    )
    return account
