"""PostgreSQL itself keeps the book append-only and balanced."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the book is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- Only a test database sets creatorhub.allow_truncate; a flush between tests needs it.
CREATE FUNCTION ledger_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF COALESCE(current_setting('creatorhub.allow_truncate', true), '') <> 'on' THEN
        RAISE EXCEPTION 'the book is append-only: TRUNCATE on % is refused', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_account_keeps_its_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.code, NEW.name, NEW.owner, NEW.kind, NEW.currency)
       IS DISTINCT FROM (OLD.id, OLD.code, OLD.name, OLD.owner, OLD.kind, OLD.currency) THEN
        RAISE EXCEPTION 'only the balance of account % may change', OLD.code
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

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

CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_posting_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.entry_id);
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_journalentry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_stays BEFORE DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_account_keeps_its_name BEFORE UPDATE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_keeps_its_name();
CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();
CREATE TRIGGER ledger_posting_no_truncate BEFORE TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();
CREATE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_truncate();
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON ledger_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_posting_balances();
"""

BACKWARD = """
DROP TRIGGER ledger_posting_balances ON ledger_posting;
DROP TRIGGER ledger_entry_balances ON ledger_journalentry;
DROP TRIGGER ledger_account_no_truncate ON ledger_account;
DROP TRIGGER ledger_posting_no_truncate ON ledger_posting;
DROP TRIGGER ledger_entry_no_truncate ON ledger_journalentry;
DROP TRIGGER ledger_account_keeps_its_name ON ledger_account;
DROP TRIGGER ledger_account_stays ON ledger_account;
DROP TRIGGER ledger_posting_append_only ON ledger_posting;
DROP TRIGGER ledger_entry_append_only ON ledger_journalentry;
DROP FUNCTION ledger_posting_balances();
DROP FUNCTION ledger_entry_balances();
DROP FUNCTION ledger_check_entry(bigint);
DROP FUNCTION ledger_account_keeps_its_name();
DROP FUNCTION ledger_refuse_truncate();
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
