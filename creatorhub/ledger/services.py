"""The one way into the book."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Subquery

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, EntryLine, NewEntry
from creatorhub.ledger.errors import (
    KeyReusedError,
    LedgerError,
    MixedCurrencyError,
    UnbalancedEntryError,
)
from creatorhub.ledger.models import Account, JournalEntry

__all__ = ["AccountRef", "EntryLine", "NewEntry", "lock_accounts", "post_entries", "post_entry"]

# Entries and all their postings in one statement, as PostgreSQL checks them. They travel as JSON:
# a payout run writes a hundred thousand lines, and Python quotes nothing faster.
WRITE = """
WITH entry AS (
    INSERT INTO ledger_journalentry (kind, reference, idempotency_key, occurred_at, reverses_id)
    SELECT kind, reference, key, %(occurred_at)s, %(reverses)s
      FROM json_to_recordset(%(entries)s) AS new(kind text, reference text, key text)
    RETURNING *
), posting AS (
    INSERT INTO ledger_posting (entry_id, account_id, side, amount_minor, explanation)
    SELECT entry.id, line.account, line.side, line.minor, line.explanation
      FROM ROWS FROM (json_to_recordset(%(lines)s) AS
               (key text, account bigint, side text, minor bigint, explanation jsonb))
           WITH ORDINALITY AS line(key, account, side, minor, explanation, place)
      JOIN entry ON entry.idempotency_key = line.key
     ORDER BY line.place
)
SELECT * FROM entry
"""

MOVE = """
UPDATE ledger_account account SET balance_minor = account.balance_minor + moved.minor
  FROM unnest(%(accounts)s::bigint[], %(minors)s::bigint[]) AS moved(account, minor)
 WHERE account.id = moved.account
"""


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
    asked = _asked([NewEntry(kind, reference, idempotency_key, lines)], accounts, occurred_at)
    asked["reverses"] = reverses.pk if reverses else None
    (entry,) = JournalEntry.objects.raw(WRITE, asked)
    _move_balances(lines, accounts)
    return entry


@transaction.atomic
def post_entries(*, entries: Sequence[NewEntry], accounts: Mapping[str, Account]) -> None:
    """Write many entries of one currency in two statements, in the caller's transaction.

    `accounts` are those of all their lines, by code, as `lock_accounts` gave them. A key that is
    in the book already is an IntegrityError: whoever writes in bulk holds the locks that tell.
    """
    for entry in entries:
        _check(entry.lines)
    with connection.cursor() as cursor:
        cursor.execute(WRITE, _asked(entries, accounts))
    _move_balances([line for entry in entries for line in entry.lines], accounts)


def lock_accounts(*, refs: Sequence[AccountRef], currency: str) -> dict[str, Account]:
    """The accounts by code, made where missing, locked until the transaction ends.

    Always in the order of their codes: two transactions never wait for each other in a circle,
    and the busy `processor_balance` is taken last and held shortest.
    """
    wanted = sorted(set(refs), key=lambda ref: ref.code)
    held = _locked(wanted, currency)
    if not held:
        _make_missing(wanted, currency)
        held = _locked(wanted, currency)
    return held


def _locked(refs: Sequence[AccountRef], currency: str) -> dict[str, Account]:
    """All of them or none: a missing one is made before any other is held, or it would be locked
    out of its turn, and two transactions would wait for each other.
    """
    rows = Account.objects.filter(code__in=[ref.code for ref in refs], currency=currency)
    there = rows.order_by().values("currency").annotate(count=Count("pk")).values("count")
    locked = rows.alias(there=Subquery(there)).filter(there=len(refs)).select_for_update()
    return {account.code: account for account in locked.order_by("code")}


def _make_missing(refs: Sequence[AccountRef], currency: str) -> None:
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


def _asked(
    entries: Sequence[NewEntry],
    accounts: Mapping[str, Account],
    occurred_at: dt.datetime | None = None,
) -> dict[str, Any]:
    """What WRITE is asked: entries, and their lines under their entries' keys."""
    return {
        "occurred_at": occurred_at or now(),
        "reverses": None,
        "entries": json.dumps(
            [
                {"kind": entry.kind, "reference": entry.reference, "key": entry.idempotency_key}
                for entry in entries
            ]
        ),
        "lines": json.dumps(
            [
                {
                    "key": entry.idempotency_key,
                    "account": accounts[line.account.code].pk,
                    "side": line.side,
                    "minor": line.amount.minor,
                    "explanation": line.explanation,
                }
                for entry in entries
                for line in entry.lines
            ]
        ),
    }


def _move_balances(lines: Sequence[EntryLine], accounts: Mapping[str, Account]) -> None:
    """All cached balances in one statement: the rows are locked already, so order is no matter."""
    moved: Counter[str] = Counter()
    for line in lines:
        grows = (line.side == "debit") == accounts[line.account.code].grows_on_debit
        moved[line.account.code] += line.amount.minor if grows else -line.amount.minor
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            {
                "accounts": [accounts[code].pk for code in moved],
                "minors": list(moved.values()),
            },
        )
