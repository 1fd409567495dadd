"""However many runs start at once, everybody is paid once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import pytest
from django.db import connection

from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.models import Account
from creatorhub.operations.services.check_invariants import look_at_invariants
from creatorhub.payments.models import SandboxMovement
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import run_payouts, send_payout
from tests.databases import CommittedDatabase
from tests.factories.payouts import a_payee, deliver_payouts, earn

PAYEES = 8


def owed() -> None:
    for _ in range(PAYEES):
        earn(a_payee(), 5000)


def broken_rooms() -> set[str]:
    """What is broken in the two rooms of this story; there is no shop in it."""
    broken = {one.invariant.name for one in look_at_invariants() if not one.is_ok}
    return {name for name in broken if name.startswith(("ledger.", "payouts."))}


def runs_of(*keys: str) -> list[Callable[[], PayoutRun]]:
    return [lambda key=key: run_payouts(key=key) for key in keys]


@pytest.mark.parametrize("keys", [("r1", "r1"), ("r1", "r2"), ("r1", "r1", "r2", "r2", "r3", "r4")])
def test_runs_at_once_pay_everybody_once(
    committed_database: CommittedDatabase, keys: tuple[str, ...]
) -> None:
    owed()

    answers = committed_database.at_once(*runs_of(*keys))

    assert all(isinstance(answer, PayoutRun) for answer in answers), answers
    assert Payout.objects.count() == PAYEES
    deliver_payouts()
    assert SandboxMovement.objects.count() == PAYEES
    assert not Account.objects.filter(name="payee_payable", balance_minor__gt=0).exists()
    assert broken_rooms() == set()


def test_one_payout_sent_by_many_hands_leaves_once(
    committed_database: CommittedDatabase,
) -> None:
    earn(a_payee(), 5000)
    payout = run_payouts(key="r1").payouts.get()

    def send() -> Payout:
        return send_payout(payout_id=payout.pk)

    committed_database.at_once(*[send] * 4, *[deliver_payouts] * 4)

    payout.refresh_from_db()
    assert payout.state == Payout.State.PAID
    assert SandboxMovement.objects.count() == 1
    assert broken_rooms() == set()


def test_without_the_lock_and_the_constraint_people_are_paid_twice(
    committed_database: CommittedDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what the two of them keep from happening."""

    def unlocked(refs: Sequence[AccountRef], currency: str) -> dict[str, Account]:
        rows = Account.objects.filter(code__in=[ref.code for ref in refs], currency=currency)
        return {account.code: account for account in rows}

    module = import_module("creatorhub.payouts.services.run_payouts")
    monkeypatch.setattr(module, "lock_accounts", unlocked)
    connection.cursor().execute(
        "ALTER TABLE payouts_payout DROP CONSTRAINT payout_ranges_never_overlap"
    )
    owed()

    committed_database.at_once(*(lambda key=key: run_payouts(key=key) for key in "abcdefgh"))

    assert Payout.objects.count() > PAYEES
    assert {"payouts.overlapping_ranges", "payouts.paid_more_than_released"} <= broken_rooms()
