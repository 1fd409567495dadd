"""The one way into the book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, EntryLine
from creatorhub.ledger.errors import (
    KeyReusedError,
    LedgerError,
    MixedCurrencyError,
    UnbalancedEntryError,
)
from creatorhub.ledger.models import Account, JournalEntry, Posting

__all__ = ["AccountRef", "EntryLine", "lock_accounts", "post_entry"]


@transaction.atomic
def post_entry(
    *,
    kind: str,
    reference: str,
    idempotency_key: str,
    lines: Sequence[EntryLine],
    occurred_at: dt.datetime | None = None,
    reverses: JournalEntry | None = None,
) -> JournalEntry:
    """Write one balanced entry, in the caller's transaction.

    Repeating `idempotency_key` returns the first entry unchanged; KeyReusedError when the key
    already names an entry of another kind or reference. LedgerError when lines do not balance,
    mix currencies or are not positive. Accounts are made on first use.
    """
    written = _find(idempotency_key, kind, reference)
    if written:
        return written
    currency = _check(lines)
    accounts = lock_accounts(refs=[line.account for line in lines], currency=currency)
    # A racing twin has the same accounts, so it waited for the locks above and is visible now.
    written = _find(idempotency_key, kind, reference)
    if written:
        return written
    entry = JournalEntry.objects.create(
        kind=kind,
        reference=reference,
        idempotency_key=idempotency_key,
        occurred_at=occurred_at or now(),
        reverses=reverses,
    )
    _write_postings(entry, lines, accounts)
    _move_balances(lines, accounts)
    return entry


def lock_accounts(*, refs: Sequence[AccountRef], currency: str) -> dict[str, Account]:
    """The accounts by code, made where missing, locked until the transaction ends.

    Always in the order of their codes: two transactions never wait for each other in a circle,
    and the busy `processor_balance` is taken last and held shortest.
    """
    wanted = sorted(set(refs), key=lambda ref: ref.code)
    codes = [ref.code for ref in wanted]
    held = _locked(codes, currency)
    if len(held) < len(codes):
        _make_missing([ref for ref in wanted if ref.code not in held], currency)
        held = _locked(codes, currency)
    return held


def _locked(codes: list[str], currency: str) -> dict[str, Account]:
    rows = Account.objects.select_for_update().filter(code__in=codes, currency=currency)
    return {account.code: account for account in rows.order_by("code")}


def _make_missing(refs: list[AccountRef], currency: str) -> None:
    Account.objects.bulk_create(
        [
            Account(code=ref.code, name=ref.name, owner=ref.owner, kind=ref.kind, currency=currency)
            for ref in refs
        ],
        ignore_conflicts=True,
    )


def _find(idempotency_key: str, kind: str, reference: str) -> JournalEntry | None:
    entry = JournalEntry.objects.filter(idempotency_key=idempotency_key).first()
    if entry and (entry.kind, entry.reference) != (kind, reference):
        raise KeyReusedError(f"{idempotency_key!r} is already {entry}, not {kind} {reference}")
    return entry


def _check(lines: Sequence[EntryLine]) -> str:
    """The entry's currency; LedgerError when the lines are not an entry."""
    if len(lines) < 2:
        raise UnbalancedEntryError("an entry has at least two lines")
    currencies = {line.amount.currency for line in lines}
    if len(currencies) > 1:
        raise MixedCurrencyError(f"one entry in {sorted(currencies)}")
    if any(line.amount.minor <= 0 for line in lines):
        raise LedgerError("every line moves a positive amount")
    off_by = sum(line.signed_minor for line in lines)
    if off_by:
        raise UnbalancedEntryError(f"debits and credits differ by {off_by}")
    return currencies.pop()


def _write_postings(
    entry: JournalEntry, lines: Sequence[EntryLine], accounts: dict[str, Account]
) -> None:
    Posting.objects.bulk_create(
        [
            Posting(
                entry=entry,
                account=accounts[line.account.code],
                side=line.side,
                amount_minor=line.amount.minor,
                explanation=line.explanation,
            )
            for line in lines
        ]
    )


def _move_balances(lines: Sequence[EntryLine], accounts: dict[str, Account]) -> None:
    moved: dict[str, int] = {}
    for line in lines:
        moved[line.account.code] = moved.get(line.account.code, 0) + line.signed_minor
    for code, signed in sorted(moved.items()):
        account = accounts[code]
        delta = signed if account.grows_on_debit else -signed
        Account.objects.filter(pk=account.pk).update(balance_minor=F("balance_minor") + delta)
