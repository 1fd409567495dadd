"""A batch for the bank: drafted by the run, approved by a second person, handed over, paid."""

from __future__ import annotations

from creatorhub.accounts.models import User
from creatorhub.ledger.models import JournalEntry
from creatorhub.outbox.services import deliver_due
from creatorhub.payouts.models import Payout, PayoutBatch, PayoutRun
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    mark_paid,
    payee_of,
    prepare_batch,
    run_payouts,
)
from tests.crashes.stories.paying_out import SHOP_AND_AFFILIATE, money_to_be_paid
from tests.crashes.stories.story import Facts, Stall, Story
from tests.factories.accounts import a_staff_user
from tests.factories.rails import with_bank_account

State = PayoutBatch.State


def money_for_the_bank(stall: Stall) -> Facts:
    """Both have bank accounts; two of the staff are at their desks."""
    for party in (stall.shop.owner, stall.affiliate):
        payee = payee_of(party=party)
        if payee.rail != "manual_bank":
            with_bank_account(payee)
    first, second = a_staff_user(), a_staff_user()
    return money_to_be_paid(stall) | {"first": first.pk, "second": second.pk}


def pay_by_bank(*, key: str, first: int, second: int) -> None:
    """Whoever comes later goes on where the batch is."""
    one, other = User.objects.get(pk=first), User.objects.get(pk=second)
    run = run_payouts(key=key)
    deliver_due()
    for batch in PayoutBatch.objects.filter(run=run):
        if batch.state == State.DRAFT:
            batch = prepare_batch(batch_id=batch.pk, actor=one)
        if batch.state == State.PREPARED:
            batch = approve_batch(batch_id=batch.pk, actor=other)
        if batch.state == State.APPROVED:
            batch = hand_over_batch(batch_id=batch.pk, actor=one)
        for payout in batch.payouts.filter(state=Payout.State.SENT):
            mark_paid(payout_id=payout.pk, reference=f"TRX{payout.pk}", actor=one)


def is_in_no_batch(*, key: str, **_staff: int) -> bool:
    """Off the book, and nobody was asked to pay it."""
    return Payout.objects.filter(run__key=key, state=Payout.State.SENDING).exists()


def paid_by_bank_once(*, key: str, **_staff: int) -> None:
    run = PayoutRun.objects.get(key=key)
    assert run.payouts.count() == SHOP_AND_AFFILIATE
    assert {payout.state for payout in run.payouts.all()} == {Payout.State.PAID}
    assert {batch.state for batch in run.batches.all()} == {State.CLOSED}
    for payout in run.payouts.all():
        assert JournalEntry.objects.filter(reference=f"payout:{payout.pk}").count() == 1


BANK_PAYOUT = Story(
    "payout by bank", money_for_the_bank, pay_by_bank, paid_by_bank_once, is_in_no_batch
)
