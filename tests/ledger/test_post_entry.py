"""One way into the book, and what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import travel_to
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.errors import (
    KeyReusedError,
    LedgerError,
    MixedCurrencyError,
    UnbalancedEntryError,
    UnknownAccountError,
)
from creatorhub.ledger.models import Account, JournalEntry, Posting
from creatorhub.ledger.selectors import accounts_of, balance, entries_of, postings_of, signed_minor
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from tests.factories.ledger import FEES, PROCESSOR, a_sale, held, post, usd

pytestmark = pytest.mark.django_db


def test_a_sale_moves_every_account_to_its_normal_side() -> None:
    a_sale(key="1", owner="7", net=900, fee=100)
    assert balance("processor_balance", "", "USD") == usd(1000)
    assert balance("payee_held", "7", "USD") == usd(900)
    assert balance("platform_fees", "", "USD") == usd(100)


def test_accounts_are_made_on_first_use_with_the_kind_of_the_chart() -> None:
    a_sale(key="1", owner="7")
    made = {account.code: account.kind for account in Account.objects.all()}
    assert made == {
        "processor_balance": "asset",
        "payee_held:7": "liability",
        "platform_fees": "income",
    }
    assert [str(account) for account in accounts_of("7")] == ["payee_held:7 USD"]


def test_an_unused_account_stands_at_zero() -> None:
    assert balance("payee_payable", "7", "USD") == usd(0)


def test_two_lines_of_one_account_stay_two_postings() -> None:
    lines = [
        debit(PROCESSOR, usd(30)),
        credit(held("7"), usd(10), line=1),
        credit(held("7"), usd(20), line=2),
    ]
    post(key="1", lines=lines)
    postings = list(postings_of("payee_held", "7", "USD"))
    assert [(p.amount_minor, p.explanation) for p in postings] == [
        (10, {"line": 1}),
        (20, {"line": 2}),
    ]
    assert balance("payee_held", "7", "USD") == usd(30)


def test_debits_shrink_a_liability() -> None:
    a_sale(key="1", owner="7", net=900)
    post(key="2", kind="refund", lines=[debit(held("7"), usd(400)), credit(PROCESSOR, usd(400))])
    assert balance("payee_held", "7", "USD") == usd(500)
    signed = [signed_minor(posting) for posting in postings_of("payee_held", "7", "USD")]
    assert signed == [900, -400]


def test_repeating_a_key_returns_the_first_entry_and_moves_nothing() -> None:
    first = a_sale(key="1")
    again = a_sale(key="1")
    assert again.pk == first.pk
    assert JournalEntry.objects.count() == 1
    assert Posting.objects.count() == 3
    assert balance("processor_balance", "", "USD") == usd(1000)


def test_a_key_that_names_another_fact_is_refused() -> None:
    a_sale(key="1")
    with pytest.raises(KeyReusedError):
        post(key="1", kind="refund", lines=[debit(FEES, usd(1)), credit(PROCESSOR, usd(1))])


def test_an_entry_keeps_when_it_happened_and_what_it_reverses() -> None:
    moment = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
    with travel_to(moment):
        sale = a_sale(key="1")
    lines = [debit(FEES, usd(5)), credit(PROCESSOR, usd(5))]
    undone = post_entry(
        kind="undo",
        reference="order:1",
        idempotency_key="undo:1",
        lines=lines,
        occurred_at=moment + dt.timedelta(days=2),
        reverses=sale,
    )
    assert sale.occurred_at == moment
    assert undone.occurred_at == moment + dt.timedelta(days=2)
    assert [str(entry) for entry in entries_of("order:1")] == ["sale order:1", "undo order:1"]
    assert undone.reverses == sale


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ([], UnbalancedEntryError),
        ([debit(PROCESSOR, usd(5))], UnbalancedEntryError),
        ([debit(PROCESSOR, usd(5)), credit(FEES, usd(4))], UnbalancedEntryError),
        ([debit(PROCESSOR, usd(5)), credit(FEES, Money(5, "SAR"))], MixedCurrencyError),
        ([debit(PROCESSOR, usd(0)), credit(FEES, usd(0))], LedgerError),
        ([debit(PROCESSOR, usd(-5)), credit(FEES, usd(-5))], LedgerError),
    ],
)
def test_what_is_not_an_entry_is_refused_and_leaves_nothing(lines, error) -> None:
    with pytest.raises(error):
        post(key="1", lines=lines)
    assert not JournalEntry.objects.exists()
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    ("name", "owner"), [("petty_cash", ""), ("payee_held", ""), ("platform_fees", "7")]
)
def test_an_account_outside_the_chart_is_refused(name, owner) -> None:
    with pytest.raises(UnknownAccountError):
        AccountRef(name, owner)
