"""Two people press at once: a batch goes on by one step, a payment is settled once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from creatorhub.ledger.models import JournalEntry
from creatorhub.payouts import invariants
from creatorhub.payouts.errors import BatchMovedOnError, PayoutSettledError
from creatorhub.payouts.services import approve_batch, mark_returned, prepare_batch, send_payout
from tests.databases import CommittedDatabase
from tests.factories.accounts import a_staff_user
from tests.factories.rails import a_batch, a_sent_batch

PEOPLE = 6


def at_once(act: Callable[[], object]) -> list[str]:
    """What becomes of the same act by several people at the same moment."""
    barrier = Barrier(PEOPLE)

    def try_it(_number: int) -> str:
        barrier.wait()
        try:
            act()
        except (BatchMovedOnError, PayoutSettledError):
            return "too late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sorted(pool.map(try_it, range(PEOPLE)))


def once() -> list[str]:
    return ["done"] + ["too late"] * (PEOPLE - 1)


def test_a_batch_is_prepared_and_approved_once(committed_database: CommittedDatabase) -> None:
    batch, first, second = a_batch(50_000), a_staff_user(), a_staff_user()
    assert at_once(lambda: prepare_batch(batch_id=batch.pk, actor=first)) == once()
    assert at_once(lambda: approve_batch(batch_id=batch.pk, actor=second)) == once()


def test_a_payment_comes_back_once(committed_database: CommittedDatabase) -> None:
    batch, first, _second = a_sent_batch(50_000)
    payout = batch.payouts.get()
    told = at_once(
        lambda: mark_returned(payout_id=payout.pk, reason_code="bank_refused", actor=first)
    )
    assert told == once()
    assert JournalEntry.objects.filter(kind="payout_returned").count() == 1
    assert invariants.payouts_without_their_entry() == []


def test_messages_that_come_at_once_draft_one_batch(committed_database: CommittedDatabase) -> None:
    batch = a_batch(50_000)
    payout = batch.payouts.get()
    batch.payouts.update(state="sending", batch=None)
    at_once(lambda: send_payout(payout_id=payout.pk))
    payout.refresh_from_db()
    assert (payout.batch_id, payout.state) == (batch.pk, "draft")
