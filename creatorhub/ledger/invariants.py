"""What must always be true of the book. Each function returns the rows that break it."""

from __future__ import annotations

from django.db import connection

from creatorhub.foundation.invariant import Broken

SIGNED = "CASE posting.side WHEN 'debit' THEN posting.amount_minor ELSE -posting.amount_minor END"

UNBALANCED = f"""
SELECT posting.entry_id, SUM({SIGNED}), COUNT(DISTINCT account.currency)
FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
GROUP BY posting.entry_id
HAVING SUM({SIGNED}) <> 0 OR COUNT(DISTINCT account.currency) > 1
ORDER BY posting.entry_id
"""  # noqa: S608  Constants only.

WHOLE_BOOK = f"""
SELECT account.currency, SUM({SIGNED})
FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
GROUP BY account.currency HAVING SUM({SIGNED}) <> 0 ORDER BY account.currency
"""  # noqa: S608  Constants only.

WRONG_BALANCES = f"""
SELECT account.code, account.currency, account.balance_minor, COALESCE(SUM(
    CASE WHEN account.kind IN ('asset', 'expense') THEN {SIGNED} ELSE -({SIGNED}) END), 0)
FROM ledger_account account LEFT JOIN ledger_posting posting ON posting.account_id = account.id
GROUP BY account.id
HAVING account.balance_minor <> COALESCE(SUM(
    CASE WHEN account.kind IN ('asset', 'expense') THEN {SIGNED} ELSE -({SIGNED}) END), 0)
ORDER BY account.code
"""  # noqa: S608  Constants only.

EMPTY = """
SELECT entry.id, entry.kind FROM ledger_journalentry entry
WHERE NOT EXISTS (SELECT 1 FROM ledger_posting posting WHERE posting.entry_id = entry.id)
ORDER BY entry.id
"""

NEGATIVE = """
SELECT code, currency, balance_minor FROM ledger_account
WHERE balance_minor < 0 AND name IN ('payee_held', 'payee_payable', 'payee_receivable')
ORDER BY code
"""


def unbalanced_entries() -> list[Broken]:
    """Every entry sums to zero in one currency."""
    return [
        Broken(f"entry {entry}", f"sums to {off_by} in {currencies} currencies")
        for entry, off_by, currencies in _rows(UNBALANCED)
    ]


def unbalanced_currencies() -> list[Broken]:
    """The whole book sums to zero per currency."""
    return [Broken(f"book {code}", f"sums to {off_by}") for code, off_by in _rows(WHOLE_BOOK)]


def wrong_balances() -> list[Broken]:
    """A cached balance equals the sum of its postings."""
    return [
        Broken(f"account {code} {currency}", f"says {cached}, its postings say {true}")
        for code, currency, cached, true in _rows(WRONG_BALANCES)
    ]


def empty_entries() -> list[Broken]:
    """An entry has postings."""
    return [Broken(f"entry {entry}", f"{kind} has no postings") for entry, kind in _rows(EMPTY)]


def negative_payee_balances() -> list[Broken]:
    """What is held for, payable to or owed by a payee is never below zero."""
    return [
        Broken(f"account {code} {currency}", f"stands at {minor}")
        for code, currency, minor in _rows(NEGATIVE)
    ]


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
