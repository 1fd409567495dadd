"""Each invariant of the book names the row that breaks it, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from creatorhub.ledger import invariants
from creatorhub.ledger.models import Account, JournalEntry, Posting
from tests.factories.ledger import a_sale

pytestmark = pytest.mark.django_db

ALL = [
    invariants.unbalanced_entries,
    invariants.unbalanced_currencies,
    invariants.wrong_balances,
    invariants.empty_entries,
    invariants.negative_payee_balances,
]


@pytest.fixture
def book() -> JournalEntry:
    a_sale(key="1", owner="7")
    return a_sale(key="2", owner="8")


@pytest.fixture
def _careless_hand(book):
    """A superuser who switched the triggers off; the doctor must still see what was done."""
    connection.cursor().execute(
        "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica"
    )
    yield
    connection.cursor().execute("SET LOCAL session_replication_role = origin")


def test_a_sound_book_reports_nothing(book) -> None:
    assert [report() for report in ALL] == [[], [], [], [], []]


@pytest.mark.usefixtures("_careless_hand")
def test_a_changed_posting_is_found(book) -> None:
    Posting.objects.filter(entry=book, account__code="platform_fees").update(amount_minor=99)
    assert [broken.row for broken in invariants.unbalanced_entries()] == [f"entry {book.pk}"]
    assert [broken.row for broken in invariants.unbalanced_currencies()] == ["book USD"]
    assert [b.row for b in invariants.wrong_balances()] == ["account platform_fees USD"]


@pytest.mark.usefixtures("_careless_hand")
def test_a_deleted_posting_is_found(book) -> None:
    Posting.objects.filter(entry=book, account__code="payee_held:8")._raw_delete("default")
    assert [broken.row for broken in invariants.unbalanced_entries()] == [f"entry {book.pk}"]


@pytest.mark.usefixtures("_careless_hand")
def test_an_entry_without_postings_is_found(book) -> None:
    Posting.objects.filter(entry=book)._raw_delete("default")
    assert [broken.row for broken in invariants.empty_entries()] == [f"entry {book.pk}"]


@pytest.mark.usefixtures("_careless_hand")
def test_two_currencies_in_one_entry_are_found(book) -> None:
    Account.objects.filter(code="platform_fees").update(currency="SAR")
    rows = [broken.row for broken in invariants.unbalanced_entries()]
    assert f"entry {book.pk}" in rows


def test_a_wrong_cached_balance_is_found(book) -> None:
    Account.objects.filter(code="payee_held:8").update(balance_minor=901)
    broken = invariants.wrong_balances()
    assert [(b.row, b.sentence) for b in broken] == [
        ("account payee_held:8 USD", "says 901, its postings say 900")
    ]


def test_an_overdrawn_payee_is_found(book) -> None:
    Account.objects.filter(code="payee_held:8").update(balance_minor=-1)
    assert [b.row for b in invariants.negative_payee_balances()] == ["account payee_held:8 USD"]
