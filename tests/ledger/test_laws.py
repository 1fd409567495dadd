"""Whatever is posted, in whatever order, the book adds up."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from creatorhub.ledger import invariants
from creatorhub.ledger.entry import AccountRef, EntryLine
from creatorhub.ledger.errors import LedgerError
from creatorhub.ledger.models import Account
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money

ACCOUNTS = [
    AccountRef("processor_balance"),
    AccountRef("platform_fees"),
    AccountRef("bad_debt"),
    AccountRef("payee_held", "1"),
    AccountRef("payee_payable", "1"),
    AccountRef("payee_held", "2"),
]
accounts = st.sampled_from(ACCOUNTS)
minors = st.integers(min_value=1, max_value=10**12)
currencies = st.sampled_from(["USD", "KWD", "JPY"])


@st.composite
def balanced(draw) -> list[EntryLine]:
    """Debits anywhere, one credit for their sum, the lines shuffled."""
    currency = draw(currencies)
    debits = draw(st.lists(st.tuples(accounts, minors), min_size=1, max_size=5))
    lines = [EntryLine(ref, "debit", Money(minor, currency)) for ref, minor in debits]
    whole = Money(sum(minor for _, minor in debits), currency)
    return draw(st.permutations([*lines, EntryLine(draw(accounts), "credit", whole)]))


entries = st.lists(st.tuples(st.integers(0, 5), balanced()), min_size=1, max_size=6)


class Laws(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(entries)
    def test_every_invariant_holds_after_any_balanced_entries(self, drawn) -> None:
        for key, lines in drawn:
            post_entry(kind="k", reference="r", idempotency_key=str(key), lines=lines)
        assert invariants.unbalanced_entries() == []
        assert invariants.unbalanced_currencies() == []
        assert invariants.wrong_balances() == []
        assert invariants.empty_entries() == []

    @settings(max_examples=40, deadline=None)
    @given(entries)
    def test_the_order_of_entries_does_not_matter(self, drawn) -> None:
        firsts = list(dict(reversed(drawn)).items())
        expected: Counter[tuple[str, str]] = Counter()
        for _, lines in firsts:
            for line in lines:
                grows = (line.side == "debit") == (line.account.kind in ("asset", "expense"))
                minor = line.amount.minor if grows else -line.amount.minor
                expected[line.account.code, line.amount.currency] += minor
        for key, lines in reversed(firsts):
            post_entry(kind="k", reference="r", idempotency_key=str(key), lines=lines)
        found = {(a.code, a.currency): a.balance_minor for a in Account.objects.all()}
        assert found == dict(expected)

    @settings(max_examples=40, deadline=None)
    @given(balanced(), st.integers(min_value=1, max_value=100), st.data())
    def test_one_unit_off_is_refused(self, lines, off_by, data) -> None:
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        more = EntryLine(line.account, line.side, line.amount + Money(off_by, line.amount.currency))
        with pytest.raises(LedgerError):
            post_entry(
                kind="k",
                reference="r",
                idempotency_key="1",
                lines=[*lines[:at], more, *lines[at + 1 :]],
            )
        assert not Account.objects.exists()
