"""An account made while others wait never closes a circle of waiting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError, transaction

from creatorhub.ledger import services
from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.services import lock_accounts
from tests.databases import CommittedDatabase

ROUNDS = 15
HANDS = 6


def takers(turn: int) -> list[Callable[[], object]]:
    """Many who want the same two accounts; the one to take first is not there yet."""
    first = AccountRef("payee_payable", f"{turn}-a")
    last = AccountRef("payee_payable", f"{turn}-b")
    lock_accounts_of(last)
    return [lambda: lock_accounts_of(first, last)] * HANDS


@transaction.atomic(durable=True)
def lock_accounts_of(*refs: AccountRef) -> None:
    assert len(lock_accounts(refs=refs, currency="USD")) == len(refs)


def circles(database: CommittedDatabase) -> list[object]:
    answers = [one for turn in range(ROUNDS) for one in database.at_once(*takers(turn))]
    assert {type(one) for one in answers} <= {type(None), OperationalError}, answers
    return [one for one in answers if one is not None]


def test_a_new_account_is_made_before_any_is_held(committed_database: CommittedDatabase) -> None:
    assert circles(committed_database) == []


def test_holding_what_is_there_first_ends_in_a_circle(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful = services._locked

    def careless(refs: list[AccountRef], currency: str) -> dict[str, services.Account]:
        rows = services.Account.objects.filter(
            code__in=[ref.code for ref in refs], currency=currency
        )
        held = {row.code: row for row in rows.select_for_update().order_by("code")}
        return held if len(held) == len(refs) else careful(refs, currency)

    monkeypatch.setattr(services, "_locked", careless)

    assert circles(committed_database) != []
