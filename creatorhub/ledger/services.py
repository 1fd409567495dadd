"""The one way into the book."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, EntryLine, Pair
from creatorhub.ledger.errors import (
    KeyReusedError,
    LedgerError,
    MixedCurrencyError,
    UnbalancedEntryError,
)
from creatorhub.ledger.models import Account, JournalEntry, Posting

__all__ = ["AccountRef", "EntryLine", "Pair", "lock_accounts", "post_entry", "post_pairs"]


WRITE_PAIRS = """
WITH pair AS (
    SELECT * FROM unnest(%(keys)s::text[], %(references)s::text[], %(debited)s::bigint[],
                         %(credited)s::bigint[], %(minors)s::bigint[], %(explanations)s::jsonb[])
        AS pair(key, reference, debited, credited, minor, explanation)
), entry AS (
    INSERT INTO ledger_journalentry (kind, reference, idempotency_key, occurred_at)
    SELECT %(kind)s, reference, key, %(occurred_at)s FROM pair
    RETURNING id, idempotency_key
)
INSERT INTO ledger_posting (entry_id, account_id, side, amount_minor, explanation)
SELECT entry.id, line.account_id, line.side, pair.minor, pair.explanation
  FROM pair JOIN entry ON entry.idempotency_key = pair.key
 CROSS JOIN LATERAL (VALUES ('debit', pair.debited), ('credit', pair.credited))
    AS line(side, account_id)
"""

MOVE_BALANCES = """
UPDATE ledger_account account SET balance_minor = account.balance_minor + moved.minor
  FROM unnest(%(accounts)s::bigint[], %(minors)s::bigint[]) AS moved(account_id, minor)
 WHERE account.id = moved.account_id
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


@transaction.atomic
def post_pairs(*, kind: str, pairs: Sequence[Pair], accounts: Mapping[str, Account]) -> None:
    """Write many entries of two lines in two statements, in the caller's transaction.

    `accounts` are all accounts of the pairs, in one currency, as `lock_accounts` gave them. A key
    that exists already is an error here: whoever writes in bulk holds the locks that tell.
    """
    if any(pair.minor <= 0 for pair in pairs):
        raise LedgerError("every line moves a positive amount")
    moved: Counter[str] = Counter()
    for pair in pairs:
        moved[pair.debited.code] += pair.minor
        moved[pair.credited.code] -= pair.minor
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE_PAIRS,
            {
                "kind": kind,
                "occurred_at": now(),
                "keys": [pair.idempotency_key for pair in pairs],
                "references": [pair.reference for pair in pairs],
                "debited": [accounts[pair.debited.code].pk for pair in pairs],
                "credited": [accounts[pair.credited.code].pk for pair in pairs],
                "minors": [pair.minor for pair in pairs],
                "explanations": [json.dumps(pair.explanation) for pair in pairs],
            },
        )
    _move(moved, accounts)


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


def _move_balances(lines: Sequence[EntryLine], accounts: Mapping[str, Account]) -> None:
    moved: Counter[str] = Counter()
    for line in lines:
        moved[line.account.code] += line.signed_minor
    _move(moved, accounts)


def _move(moved: Mapping[str, int], accounts: Mapping[str, Account]) -> None:
    """Change cached balances by signed amounts, debits positive: one statement, rows are locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE_BALANCES,
            {
                "accounts": [accounts[code].pk for code in moved],
                "minors": [
                    signed if accounts[code].grows_on_debit else -signed
                    for code, signed in moved.items()
                ],
            },
        )
