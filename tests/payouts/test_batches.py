"""A bank batch leaves when a second person said yes; each payment is settled once."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from creatorhub.foundation.models import AuditEntry
from creatorhub.ledger.selectors import balance
from creatorhub.outbox.models import SentMail
from creatorhub.payouts import invariants
from creatorhub.payouts.batch_file import batch_rows
from creatorhub.payouts.errors import (
    BatchChangedError,
    BatchMovedOnError,
    PayoutSettledError,
    SamePersonError,
)
from creatorhub.payouts.models import Payout, PayoutBatch
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    mark_paid,
    mark_returned,
    prepare_batch,
    refuse_batch,
    run_payouts,
    send_payout,
)
from tests.factories.accounts import a_staff_user
from tests.factories.payouts import deliver_payouts
from tests.factories.rails import a_batch, a_sent_batch
from tests.factories.sales import let_effects_happen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_broken():
    yield
    assert invariants.batches_that_differ_from_their_payouts() == []
    assert invariants.payouts_without_their_entry() == []
    assert invariants.settled_without_word() == []


def test_a_run_drafts_one_batch_per_currency_and_pays_from_the_bank() -> None:
    batch = a_batch(50_000, 70_000)
    assert batch.state == PayoutBatch.State.DRAFT
    assert {payout.state for payout in batch.payouts.all()} == {"draft"}
    assert balance("bank", "", "SAR").minor == -120_000


def test_what_comes_later_opens_another_batch() -> None:
    batch = a_batch(50_000)
    prepare_batch(batch_id=batch.pk, actor=a_staff_user())
    payout = batch.payouts.get()
    Payout.objects.filter(pk=payout.pk).update(state="sending", batch=None)
    sent = send_payout(payout_id=payout.pk)
    assert sent.batch_id != batch.pk
    assert send_payout(payout_id=payout.pk).batch_id == sent.batch_id


def test_two_people_let_it_go_and_the_file_says_who_gets_what() -> None:
    batch = a_batch(50_000)
    first, second = a_staff_user(), a_staff_user()
    prepare_batch(batch_id=batch.pk, actor=first)
    with pytest.raises(SamePersonError):
        approve_batch(batch_id=batch.pk, actor=first)
    approve_batch(batch_id=batch.pk, actor=second)
    hand_over_batch(batch_id=batch.pk, actor=first)
    (row,) = batch_rows(batch)
    assert (row["number"], str(row["amount"]), row["currency"]) == (
        "SA0380000000608010167519",
        "500.00",
        "SAR",
    )
    assert batch.payouts.get().state == Payout.State.SENT
    actions = AuditEntry.objects.filter(subject=f"payout_batch:{batch.pk}").order_by("id")
    assert [entry.action.rpartition(".")[2] for entry in actions] == [
        "prepared",
        "approved",
        "sent",
    ]


def test_whoever_started_the_run_does_not_approve_it() -> None:
    starter, other = a_staff_user(), a_staff_user()
    batch = a_batch(50_000, started_by=starter)
    prepare_batch(batch_id=batch.pk, actor=other)
    with pytest.raises(SamePersonError):
        approve_batch(batch_id=batch.pk, actor=starter)


def test_the_database_refuses_one_person_twice() -> None:
    batch, staff = a_batch(50_000), a_staff_user()
    prepare_batch(batch_id=batch.pk, actor=staff)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutBatch.objects.filter(pk=batch.pk).update(approved_by=staff)


def test_a_file_that_changed_is_not_approved() -> None:
    batch = a_batch(50_000)
    prepare_batch(batch_id=batch.pk, actor=a_staff_user())
    batch.payouts.update(amount_minor=60_000)
    with pytest.raises(BatchChangedError):
        approve_batch(batch_id=batch.pk, actor=a_staff_user())
    batch.payouts.update(amount_minor=50_000)


def test_each_step_happens_once() -> None:
    batch, first, second = a_sent_batch(50_000)
    for step in (prepare_batch, approve_batch, hand_over_batch):
        with pytest.raises(BatchMovedOnError):
            step(batch_id=batch.pk, actor=second)
    with pytest.raises(BatchMovedOnError):
        refuse_batch(batch_id=batch.pk, note="too late", actor=first)


def test_paid_with_proof_closes_the_batch_and_tells_the_payee() -> None:
    batch, first, _second = a_sent_batch(50_000)
    payout = batch.payouts.get()
    slip = ContentFile(b"%PDF-1.4", name="slip.pdf")
    mark_paid(payout_id=payout.pk, reference=" TT-991 ", proof=slip, actor=first)
    payout.refresh_from_db()
    batch.refresh_from_db()
    assert (payout.state, payout.provider_reference) == (Payout.State.PAID, "TT-991")
    assert payout.proof_file.read() == b"%PDF-1.4"
    assert batch.state == PayoutBatch.State.CLOSED
    with pytest.raises(PayoutSettledError):
        mark_paid(payout_id=payout.pk, reference="TT-992", actor=first)
    let_effects_happen()
    assert SentMail.objects.filter(subject__contains="on its way to your account").exists()


def test_sent_back_it_is_payable_again_and_the_details_are_asked_for() -> None:
    batch, first, _second = a_sent_batch(50_000, 70_000)
    payout = batch.payouts.order_by("pk").first()
    assert payout is not None
    mark_returned(payout_id=payout.pk, reason_code="bank_details_wrong", actor=first)
    with pytest.raises(PayoutSettledError):
        mark_returned(payout_id=payout.pk, reason_code="bank_refused", actor=first)
    payout.refresh_from_db()
    assert (payout.state, payout.returned_minor) == (Payout.State.RETURNED, 50_000)
    assert balance("payee_payable", payout.payee.ledger_owner, "SAR").minor == 50_000
    assert run_payouts(key="next").skipped[0]["reason_code"] == "not_ready"
    batch.refresh_from_db()
    assert batch.state == PayoutBatch.State.SENT


def test_the_bank_may_send_back_what_it_had_paid() -> None:
    batch, first, _second = a_sent_batch(50_000)
    payout = batch.payouts.get()
    mark_paid(payout_id=payout.pk, reference="TT-1", actor=first)
    returned = mark_returned(payout_id=payout.pk, reason_code="bank_refused", actor=first)
    assert (returned.state, returned.paid_at) == (Payout.State.RETURNED, None)
    again = run_payouts(key="next").payouts.get()
    deliver_payouts()
    again.refresh_from_db()
    assert (again.amount_minor, again.state) == (50_000, "draft")


def test_a_refused_batch_gives_everything_back() -> None:
    batch = a_batch(50_000, 70_000)
    staff = a_staff_user()
    refuse_batch(batch_id=batch.pk, note="Wrong bank", actor=staff)
    assert {payout.state for payout in batch.payouts.all()} == {"returned"}
    assert balance("bank", "", "SAR").minor == 0
    payout = batch.payouts.first()
    assert payout is not None
    with pytest.raises(PayoutSettledError):
        mark_paid(payout_id=payout.pk, reference="x", actor=staff)
