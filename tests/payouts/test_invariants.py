"""Each invariant of payouts names the row that breaks it, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from creatorhub.ledger.models import Account, JournalEntry
from creatorhub.payouts import invariants
from creatorhub.payouts.models import Payout
from creatorhub.payouts.services import run_payouts, send_payout
from tests.factories.payouts import a_payee, earn, refusing_bank

pytestmark = pytest.mark.django_db

ALL = [
    invariants.paid_more_than_released,
    invariants.overlapping_ranges,
    invariants.payouts_that_do_not_add_up,
    invariants.payouts_without_their_entry,
    invariants.settled_without_word,
]


@pytest.fixture
def payouts() -> list[Payout]:
    """One paid, one come back, one under way, all of one payee."""
    payee = a_payee()
    for number in range(3):
        earn(payee, 5000 + number)
        run_payouts(key=f"r{number}")
        if number == 1:
            with refusing_bank():
                send_payout(payout_id=Payout.objects.latest("id").pk)
        elif number == 0:
            send_payout(payout_id=Payout.objects.latest("id").pk)
    return list(Payout.objects.order_by("id"))


def test_sound_payouts_report_nothing(payouts) -> None:
    assert [report() for report in ALL] == [[], [], [], [], []]


def test_paying_more_than_was_released_is_found(payouts) -> None:
    owner = payouts[0].payee.ledger_owner
    Account.objects.filter(code=f"payee_payable:{owner}").update(balance_minor=-40)
    broken = invariants.paid_more_than_released()
    assert [(b.row, b.sentence) for b in broken] == [
        (f"payee {owner} USD", "was paid 40 more than released")
    ]


def test_overlapping_ranges_are_found(payouts) -> None:
    last = payouts[2]
    Payout.objects.filter(pk=last.pk).update(after_posting_id=last.after_posting_id - 1)
    assert [b.row for b in invariants.overlapping_ranges()] == [f"payout {last.pk}"]


def test_a_payout_that_is_not_the_sum_of_its_postings_is_found(payouts) -> None:
    Payout.objects.filter(pk=payouts[1].pk).update(amount_minor=5002)
    assert [b.row for b in invariants.payouts_that_do_not_add_up()] == [f"payout {payouts[1].pk}"]


def test_a_payout_without_its_entry_is_found(payouts) -> None:
    connection.cursor().execute(
        "SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica"
    )
    JournalEntry.objects.filter(kind="payout_returned").update(idempotency_key="other")
    connection.cursor().execute("SET LOCAL session_replication_role = origin")
    rows = [b.row for b in invariants.payouts_without_their_entry()]
    assert rows == [f"payout {payouts[1].pk}"]


def test_a_settled_payout_without_a_word_from_its_rail_is_found(payouts) -> None:
    Payout.objects.filter(pk=payouts[0].pk).update(provider_reference="")
    Payout.objects.filter(pk=payouts[1].pk).update(reason_code="")
    rows = [b.row for b in invariants.settled_without_word()]
    assert rows == [f"payout {payouts[0].pk}", f"payout {payouts[1].pk}"]
