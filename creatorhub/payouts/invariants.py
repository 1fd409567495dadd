"""What must always be true of payouts. Each function returns the rows that break it."""

from __future__ import annotations

from django.db import connection

from creatorhub.foundation.invariant import Broken
from creatorhub.payouts.explain import known_entries, known_kinds
from creatorhub.payouts.models import Payout

OVERPAID = """
SELECT account.owner, account.currency, account.balance_minor
FROM ledger_account account
WHERE account.name = 'payee_payable' AND account.balance_minor < 0
ORDER BY account.code
"""

OVERLAPPING = """
SELECT later.id, earlier.id
FROM payouts_payout earlier JOIN payouts_payout later
  ON later.payee_id = earlier.payee_id AND later.currency = earlier.currency
 AND later.id > earlier.id
WHERE later.after_posting_id < earlier.until_posting_id
  AND earlier.after_posting_id < later.until_posting_id
ORDER BY later.id
"""

NOT_ITS_RANGE = """
SELECT payout.id, payout.amount_minor, COALESCE(SUM(
    CASE posting.side WHEN 'credit' THEN posting.amount_minor ELSE -posting.amount_minor END), 0)
FROM payouts_payout payout
LEFT JOIN ledger_account account
  ON account.code = 'payee_payable:' || payout.payee_id AND account.currency = payout.currency
LEFT JOIN ledger_posting posting
  ON posting.account_id = account.id AND posting.id > payout.after_posting_id
 AND posting.id <= payout.until_posting_id
 AND posting.entry_id NOT IN (SELECT id FROM ledger_journalentry WHERE kind = 'payout')
GROUP BY payout.id
HAVING payout.amount_minor <> COALESCE(SUM(
    CASE posting.side WHEN 'credit' THEN posting.amount_minor ELSE -posting.amount_minor END), 0)
ORDER BY payout.id
"""

WITHOUT_ENTRY = """
SELECT payout.id, payout.state FROM payouts_payout payout
WHERE NOT EXISTS (SELECT 1 FROM ledger_journalentry entry
                  WHERE entry.idempotency_key = 'payout:' || payout.id)
   OR (payout.state = 'failed') <> EXISTS (
        SELECT 1 FROM ledger_journalentry entry
        WHERE entry.idempotency_key = 'payout_returned:' || payout.id)
ORDER BY payout.id
"""

KINDS = """
SELECT DISTINCT posting.explanation ->> 'kind', '' FROM ledger_posting posting
"""

ENTRIES = "SELECT DISTINCT entry.kind, '' FROM ledger_journalentry entry"


def paid_more_than_released() -> list[Broken]:
    """Paid and in flight together are at most what was released: payable is never below zero."""
    return [
        Broken(f"payee {owner} {currency}", f"was paid {-int(str(minor))} more than released")
        for owner, currency, minor in _rows(OVERPAID)
    ]


def overlapping_ranges() -> list[Broken]:
    """No posting is in two payouts of a payee."""
    return [
        Broken(f"payout {later}", f"overlaps payout {earlier}")
        for later, earlier in _rows(OVERLAPPING)
    ]


def payouts_that_do_not_add_up() -> list[Broken]:
    """A payout is the sum of its postings."""
    return [
        Broken(f"payout {pk}", f"is {amount}, its postings are {total}")
        for pk, amount, total in _rows(NOT_ITS_RANGE)
    ]


def payouts_without_their_entry() -> list[Broken]:
    """A payout has its entry, and a failed one also the entry that put it back."""
    return [
        Broken(f"payout {pk}", f"is {state} without the entries that say so")
        for pk, state in _rows(WITHOUT_ENTRY)
    ]


def settled_without_word() -> list[Broken]:
    """A paid payout names the far side's reference; a failed one its reason."""
    paid = Payout.objects.filter(state=Payout.State.PAID, provider_reference="")
    failed = Payout.objects.filter(state=Payout.State.FAILED, reason_code="")
    return [
        Broken(f"payout {payout.pk}", f"is {payout.state} without a word from its rail")
        for payout in (paid | failed).order_by("pk")
    ]


def postings_without_words() -> list[Broken]:
    """Every posting and every entry says in plain words what it is."""
    kinds = {str(kind) for kind, _ in _rows(KINDS)} - set(known_kinds())
    entries = {str(kind) for kind, _ in _rows(ENTRIES)} - set(known_entries())
    return [
        *(Broken(f"posting {kind}", "has no sentence") for kind in sorted(kinds)),
        *(Broken(f"entry {kind}", "has no name") for kind in sorted(entries)),
    ]


def _rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
