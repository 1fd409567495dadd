"""PostgreSQL itself refuses to rewrite the book, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from creatorhub.ledger.models import Account, JournalEntry, Posting
from tests.factories.ledger import a_sale

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_book() -> None:
    a_sale(key="1")


@pytest.mark.parametrize("model", [JournalEntry, Posting, Account])
def test_rows_cannot_be_deleted(model) -> None:
    newest = model.objects.order_by("-pk")[:1].values("pk")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk__in=newest)._raw_delete("default")


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (JournalEntry, {"kind": "gift"}),
        (JournalEntry, {"reference": "order:2"}),
        (Posting, {"amount_minor": 1}),
        (Posting, {"explanation": {"kind": "nothing"}}),
    ],
)
def test_entries_and_postings_cannot_be_changed(model, change) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.update(**change)


@pytest.mark.parametrize(
    "change",
    [{"code": "x"}, {"name": "x"}, {"owner": "x"}, {"kind": "expense"}, {"currency": "SAR"}],
)
def test_an_account_keeps_its_name(change) -> None:
    with pytest.raises(DatabaseError, match="only the balance"), transaction.atomic():
        Account.objects.filter(code="platform_fees").update(**change)


def test_a_balance_may_move() -> None:
    assert Account.objects.filter(code="platform_fees").update(balance_minor=1) == 1


@pytest.mark.parametrize(
    "table", ["ledger_journalentry", "ledger_posting", "ledger_account", "ledger_entry_and_more"]
)
def test_truncation_is_refused(table) -> None:
    tables = table if table != "ledger_entry_and_more" else "ledger_journalentry, ledger_posting"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {tables} CASCADE")


def test_a_test_database_may_be_emptied_when_it_says_so() -> None:
    with transaction.atomic():
        connection.cursor().execute(
            "SET CONSTRAINTS ALL IMMEDIATE;"
            "SET LOCAL creatorhub.allow_truncate = 'on'; TRUNCATE ledger_journalentry CASCADE"
        )
    assert not Posting.objects.exists()


def an_entry_with(*postings: tuple[str, str, int]) -> None:
    """Write rows past the service, as a careless hand would."""
    entry = JournalEntry.objects.create(
        kind="sale", reference="r", idempotency_key="forged", occurred_at="2026-11-01T00:00Z"
    )
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=Account.objects.get_or_create(
                code=code, currency=code[-3:], defaults={"name": code, "kind": "asset"}
            )[0],
            side=side,
            amount_minor=minor,
        )
        for code, side, minor in postings
    )
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "postings",
    [
        (),
        (("a:USD", "debit", 5),),
        (("a:USD", "debit", 5), ("b:USD", "credit", 4)),
        (("a:USD", "debit", 5), ("b:SAR", "credit", 5)),
    ],
)
def test_an_entry_that_does_not_balance_cannot_be_committed(postings) -> None:
    with pytest.raises(DatabaseError, match="sums to"), transaction.atomic():
        an_entry_with(*postings)


def test_a_balanced_forgery_passes_the_same_gate() -> None:
    """The control: the gate refuses imbalance, not the test's way of writing."""
    with transaction.atomic():
        an_entry_with(("a:USD", "debit", 5), ("b:USD", "credit", 5))
    assert JournalEntry.objects.filter(idempotency_key="forged").exists()


def test_a_posting_added_to_an_old_entry_is_refused() -> None:
    entry = JournalEntry.objects.get()
    account = Account.objects.get(code="platform_fees")
    with pytest.raises(DatabaseError, match="sums to"), transaction.atomic():
        Posting.objects.create(entry=entry, account=account, side="credit", amount_minor=1)


def test_a_posting_of_nothing_is_refused() -> None:
    entry = JournalEntry.objects.get()
    account = Account.objects.get(code="platform_fees")
    with pytest.raises(DatabaseError, match="posting_is_positive"), transaction.atomic():
        Posting.objects.create(entry=entry, account=account, side="credit", amount_minor=0)
