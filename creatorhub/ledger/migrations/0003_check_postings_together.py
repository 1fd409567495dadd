"""Postings are checked statement by statement, all of a statement's entries in one query.

Row by row, the check cost more than the rest of a payout run. An entry's postings are therefore
written by one statement; an entry without any is still refused when its transaction ends.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_postings_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    -- LATERAL, so that each entry is looked up by its index however large the book has grown.
    SELECT entry.entry_id, found.*
      INTO wrong
      FROM (SELECT DISTINCT entry_id FROM written) AS entry
     CROSS JOIN LATERAL (
        SELECT COUNT(*) AS postings,
               COUNT(DISTINCT account.currency) AS currencies,
               SUM(CASE posting.side WHEN 'debit' THEN posting.amount_minor
                                     ELSE -posting.amount_minor END) AS off_by
          FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
         WHERE posting.entry_id = entry.entry_id
     ) AS found
     WHERE found.postings < 2 OR found.currencies <> 1 OR found.off_by <> 0
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % has % postings in % currencies and sums to %',
            wrong.entry_id, wrong.postings, wrong.currencies, wrong.off_by
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ledger_posting WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % has 0 postings in 0 currencies and sums to nothing', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER ledger_posting_balances ON ledger_posting;
DROP FUNCTION ledger_posting_balances();
DROP FUNCTION ledger_check_entry(bigint);
CREATE TRIGGER ledger_postings_balance AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_balance();
"""

BACKWARD = """
DROP TRIGGER ledger_postings_balance ON ledger_posting;
DROP FUNCTION ledger_postings_balance();

CREATE FUNCTION ledger_check_entry(checked_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    off_by numeric;
    postings integer;
    currencies integer;
BEGIN
    SELECT SUM(CASE posting.side WHEN 'debit' THEN posting.amount_minor
                                 ELSE -posting.amount_minor END),
           COUNT(*), COUNT(DISTINCT account.currency)
      INTO off_by, postings, currencies
      FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
     WHERE posting.entry_id = checked_id;
    IF postings < 2 OR off_by <> 0 OR currencies <> 1 THEN
        RAISE EXCEPTION 'entry % has % postings in % currencies and sums to %',
            checked_id, postings, currencies, off_by USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.entry_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_posting_balances();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_append_only")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
