"""Fifty thousand payees and their million released commissions, written as rows.

A generated past, not a tested one: triggers and foreign keys are off while it is written, and the
book's own invariants are looked at afterwards where a benchmark says so.
"""

from __future__ import annotations

from django.db import connection

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.payouts.models import Payee

WRITE = """
-- 1.00, 1.01, … up to 5.99: no two neighbours earn the same.
CREATE FUNCTION pg_temp.earned(number bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
    AS 'SELECT 100 + number %% 500';

SET session_replication_role = replica;

INSERT INTO affiliates_commission (id, attribution_id, base_minor, rate_bps, amount_minor,
    reversed_minor, currency, state, expected_on, created_at, released_at)
SELECT number, number, 10 * (pg_temp.earned(number)), 1000, pg_temp.earned(number),
    0, 'SAR', 'approved', now(), now(), now()
  FROM generate_series(1, %(commissions)s) AS number;

INSERT INTO ledger_account (id, code, name, owner, kind, currency, balance_minor)
SELECT payee, 'payee_payable:' || payee, 'payee_payable', payee::text, 'liability', 'SAR', 0
  FROM generate_series(1, %(payees)s) AS payee
 UNION ALL
SELECT %(payees)s + 1, 'processor_balance', 'processor_balance', '', 'asset', 'SAR', 0;

INSERT INTO ledger_journalentry (id, kind, reference, idempotency_key, occurred_at)
SELECT number, 'release', 'order:' || number, 'release:line:' || number, now()
  FROM generate_series(1, %(commissions)s) AS number;

INSERT INTO ledger_posting (id, entry_id, account_id, side, amount_minor, explanation)
SELECT 2 * number - 1, number, 1 + number %% %(payees)s, 'credit', pg_temp.earned(number),
       jsonb_build_object('kind', 'release.commission')
  FROM generate_series(1, %(commissions)s) AS number
 UNION ALL
SELECT 2 * number, number, %(payees)s + 1, 'debit', pg_temp.earned(number),
       jsonb_build_object('kind', 'release.commission')
  FROM generate_series(1, %(commissions)s) AS number;

UPDATE ledger_account account SET balance_minor = moved.minor
  FROM (SELECT account_id, SUM(amount_minor) AS minor FROM ledger_posting GROUP BY 1) AS moved
 WHERE moved.account_id = account.id;

SELECT setval(pg_get_serial_sequence('affiliates_commission', 'id'), %(commissions)s),
       setval(pg_get_serial_sequence('ledger_account', 'id'), %(payees)s + 1),
       setval(pg_get_serial_sequence('ledger_journalentry', 'id'), %(commissions)s),
       setval(pg_get_serial_sequence('ledger_posting', 'id'), 2 * %(commissions)s);

SET session_replication_role = DEFAULT;
"""


def a_crowd(*, payees: int, commissions: int) -> None:
    """Write them into an empty database, as settled as a database is after a quiet night."""
    parties = Party.objects.bulk_create(Party(name=f"Payee {n}") for n in range(1, payees + 1))
    Payee.objects.bulk_create(
        Payee(id=n, party=party, created_at=now()) for n, party in enumerate(parties, start=1)
    )
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"payees": payees, "commissions": commissions})
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


EARN_AGAIN = """
SET session_replication_role = replica;
WITH earned AS (
    UPDATE ledger_account SET balance_minor = balance_minor + 7000 + id % 300
     WHERE name = 'payee_payable' RETURNING id, 7000 + id % 300 AS minor
), entry AS (
    INSERT INTO ledger_journalentry (kind, reference, idempotency_key, occurred_at)
    SELECT 'release', 'order:again:' || id, 'release:again:' || id, now() FROM earned
    RETURNING id, idempotency_key
)
INSERT INTO ledger_posting (entry_id, account_id, side, amount_minor, explanation)
SELECT entry.id, earned.id, 'credit', earned.minor, '{}'
  FROM earned JOIN entry ON entry.idempotency_key = 'release:again:' || earned.id;
SET session_replication_role = DEFAULT;
"""


def earn_again() -> None:
    """Every payee has a little more to be paid."""
    with connection.cursor() as cursor:
        cursor.execute(EARN_AGAIN)
