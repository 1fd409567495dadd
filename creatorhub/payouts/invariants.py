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
   OR (payout.returned_minor > 0) <> EXISTS (
        SELECT 1 FROM ledger_journalentry entry
        WHERE entry.idempotency_key = 'payout_returned:' || payout.id)
   OR (payout.state IN ('failed', 'returned')) <> (payout.returned_minor = payout.amount_minor)
ORDER BY payout.id
"""

PARTS_OFF = """
SELECT payout.id, payout.amount_minor, SUM(part.amount_minor),
       payout.returned_minor,
       SUM(part.amount_minor) FILTER (WHERE part.state = 'refused')
FROM payouts_payout payout JOIN payouts_payoutpart part ON part.payout_id = payout.id
GROUP BY payout.id
HAVING SUM(part.amount_minor) <> payout.amount_minor
    OR (payout.state NOT IN ('sending', 'unknown') AND (
        COUNT(*) FILTER (WHERE part.state IN ('waiting', 'unknown')) > 0
        OR COALESCE(SUM(part.amount_minor) FILTER (WHERE part.state = 'refused'), 0)
           <> payout.returned_minor))
ORDER BY payout.id
"""

OVERDRAWN = """
SELECT part.source_payment, attempt.amount_minor,
       SUM(part.amount_minor - part.reversed_minor)
FROM payouts_payoutpart part
JOIN payments_paymentattempt attempt ON attempt.payment_id = part.source_payment
WHERE part.source_payment <> '' AND part.state <> 'refused'
GROUP BY part.source_payment, attempt.amount_minor
HAVING SUM(part.amount_minor - part.reversed_minor) > attempt.amount_minor
ORDER BY part.source_payment
"""

REVERSED_OFF = """
SELECT part.id, part.reversed_minor, COALESCE(SUM(reversal.amount_minor), 0)
FROM payouts_payoutpart part
LEFT JOIN payouts_transferreversal reversal
  ON reversal.part_id = part.id AND reversal.state = 'done'
 AND EXISTS (SELECT 1 FROM ledger_journalentry entry
             WHERE entry.idempotency_key = 'transfer_reversed:' || reversal.id)
GROUP BY part.id
HAVING part.reversed_minor <> COALESCE(SUM(reversal.amount_minor), 0)
ORDER BY part.id
"""

BATCHES_OFF = """
SELECT payout.id, payout.state, batch.state
FROM payouts_payout payout JOIN payouts_payoutbatch batch ON batch.id = payout.batch_id
WHERE (batch.state IN ('draft', 'prepared', 'approved') AND payout.state <> 'draft')
   OR (batch.state = 'sent' AND payout.state NOT IN ('sent', 'paid', 'returned'))
   OR (batch.state = 'closed' AND payout.state NOT IN ('paid', 'returned'))
   OR (batch.state = 'refused' AND payout.state <> 'returned')
   OR batch.currency <> payout.currency OR batch.run_id <> payout.run_id
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
    """A payout has its entry, and whatever came back of it also the entry that put it back."""
    return [
        Broken(f"payout {pk}", f"is {state} without the entries that say so")
        for pk, state in _rows(WITHOUT_ENTRY)
    ]


def settled_without_word() -> list[Broken]:
    """A paid payout names the far side's reference; one that came back its reason."""
    paid = Payout.objects.filter(state=Payout.State.PAID, provider_reference="")
    back = Payout.objects.filter(returned_minor__gt=0, reason_code="")
    return [
        Broken(f"payout {payout.pk}", f"is {payout.state} without a word from its rail")
        for payout in (paid | back).order_by("pk")
    ]


def parts_that_do_not_add_up() -> list[Broken]:
    """The parts of a payout sum to it; once it is settled, the refused ones are what came back."""
    return [
        Broken(
            f"payout {pk}",
            f"is {amount}, its parts are {total}; {back} came back, {refused or 0} was refused",
        )
        for pk, amount, total, back, refused in _rows(PARTS_OFF)
    ]


def charges_drawn_beyond_themselves() -> list[Broken]:
    """Transfers draw on a charge at most its amount."""
    return [
        Broken(f"payment {source}", f"carries {drawn}, and is {amount}")
        for source, amount, drawn in _rows(OVERDRAWN)
    ]


def reversals_that_do_not_add_up() -> list[Broken]:
    """What came back of a transfer is the sum of its reversals, each with its entry."""
    return [
        Broken(f"part {pk}", f"has {minor} taken back, its reversals say {total}")
        for pk, minor, total in _rows(REVERSED_OFF)
    ]


def batches_that_differ_from_their_payouts() -> list[Broken]:
    """A payout is where its batch is."""
    return [
        Broken(f"payout {pk}", f"is {state} in a batch that is {batch}")
        for pk, state, batch in _rows(BATCHES_OFF)
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
