"""How a shop takes money itself: switched on, changed, switched off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from creatorhub.foundation.audit import record
from creatorhub.money import Money
from creatorhub.sales.models import OfflineTerms
from creatorhub.shops.models import Shop


@dataclass(frozen=True, slots=True, kw_only=True)
class CashTerms:
    """Cash on delivery: whether, and between which amounts (None: any)."""

    is_on: bool
    least: Money | None = None
    most: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferTerms:
    """Transfers: whether, and where to. `account` is an IBAN, a number or a wallet."""

    is_on: bool
    holder: str = ""
    bank: str = ""
    account: str = ""
    note: str = ""


@transaction.atomic
def change_offline_terms(
    *, shop: Shop, cash: CashTerms, transfers: TransferTerms, actor: Any
) -> OfflineTerms:
    """Orders placed before keep what their buyers were told. A paused privilege stays paused."""
    row, _ = OfflineTerms.objects.select_for_update().get_or_create(shop=shop)
    before = {"takes_cash": row.takes_cash, "account": row.account}
    row.takes_cash = cash.is_on
    row.cash_from_minor = cash.least.minor if cash.least else None
    row.cash_up_to_minor = cash.most.minor if cash.most else None
    row.takes_transfers = transfers.is_on
    row.account_holder, row.bank_name = transfers.holder, transfers.bank
    row.account, row.transfer_note = transfers.account, transfers.note
    row.save()
    after = {"takes_cash": row.takes_cash, "account": row.account}
    record(
        action="shop.offline_terms",
        subject=f"shop:{shop.pk}",
        actor=actor,
        before=before,
        after=after,
        takes_transfers=row.takes_transfers,
    )
    return row
