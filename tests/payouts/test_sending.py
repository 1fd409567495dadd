"""A payout leaves once, whatever the far side does."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.selectors import balance
from creatorhub.money import Money
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payments.errors import KeyReusedError
from creatorhub.payments.models import SandboxMovement
from creatorhub.payments.sandbox import provider
from creatorhub.payouts.errors import RailMissingError
from creatorhub.payouts.models import Payout
from creatorhub.payouts.rails.rail import RailTimeoutError, Transfer
from creatorhub.payouts.rails.registry import rails, register_rail
from creatorhub.payouts.rails.sandbox import SandboxRail
from creatorhub.payouts.selectors import troubled_payouts
from creatorhub.payouts.services import look_up_unknown_payouts, run_payouts, send_payout
from creatorhub.payouts.tasks import look_up_unknown_payouts as look_up_task
from tests.factories.payouts import a_payee, deliver_payouts, earn, refusing_bank

pytestmark = pytest.mark.django_db


class ForgetfulRail(SandboxRail):
    """Moves the money, and the answer is lost on the way back; or everything is lost."""

    key = "forgetful"
    arrives = True

    def __init__(self) -> None:
        self.asked = 0
        self.sent = 0

    def find(self, *, key: str) -> Transfer | None:
        self.asked += 1
        return super().find(key=key)

    def send(self, *, key: str, amount: Money, destination: str) -> Transfer:
        self.sent += 1
        if self.arrives:
            super().send(key=key, amount=amount, destination=destination)
        raise RailTimeoutError(key)


@pytest.fixture
def payout() -> Payout:
    earn(a_payee(), 5000)
    return run_payouts(key="r1").payouts.get()


@pytest.fixture
def forgetful(payout) -> ForgetfulRail:
    made = ForgetfulRail()
    register_rail(made)
    Payout.objects.update(rail="forgetful")
    return made


def transfers() -> int:
    return SandboxMovement.objects.filter(kind="transfer").count()


def test_the_outbox_sends_it_once(payout) -> None:
    deliver_payouts()
    deliver_payouts()
    payout.refresh_from_db()
    assert payout.state == Payout.State.PAID
    assert payout.paid_at is not None
    movement = SandboxMovement.objects.get()
    assert (movement.amount_minor, movement.currency) == (5000, "USD")
    assert payout.provider_reference == str(movement)


def test_sending_again_changes_nothing(payout) -> None:
    send_payout(payout_id=payout.pk)
    assert send_payout(payout_id=payout.pk).state == Payout.State.PAID
    assert transfers() == 1


def test_a_refused_payout_becomes_payable_again_and_goes_out_next_time(payout) -> None:
    owner = payout.payee.ledger_owner
    with refusing_bank():
        sent = send_payout(payout_id=payout.pk)
    assert (sent.state, sent.reason_code) == (Payout.State.FAILED, "payout_failed")
    assert balance("payee_payable", owner, "USD") == Money(5000, "USD")
    returned = JournalEntry.objects.get(kind="payout_returned")
    assert returned.reverses == JournalEntry.objects.get(kind="payout")
    assert list(troubled_payouts()) == [sent]
    again = run_payouts(key="r2").payouts.get()
    assert again.amount_minor == 5000
    assert again.after_posting_id == payout.until_posting_id
    assert send_payout(payout_id=again.pk).state == Payout.State.PAID


def test_a_lost_answer_leaves_it_unknown_and_it_is_looked_up_not_sent_again(forgetful) -> None:
    deliver_payouts()
    payout = Payout.objects.get()
    assert payout.state == Payout.State.UNKNOWN
    assert look_up_unknown_payouts() == 1
    payout.refresh_from_db()
    assert payout.state == Payout.State.PAID
    assert (forgetful.sent, forgetful.asked, transfers()) == (1, 2, 1)


def test_a_payout_the_far_side_never_saw_is_looked_up_before_it_is_sent_again(forgetful) -> None:
    forgetful.arrives = False
    deliver_payouts()
    assert look_up_task() == 0
    assert Payout.objects.get().state == Payout.State.UNKNOWN
    forgetful.arrives = True
    assert look_up_unknown_payouts() == 0
    assert look_up_unknown_payouts() == 1
    assert (forgetful.sent, forgetful.asked, transfers()) == (3, 4, 1)


def test_a_payout_whose_message_was_lost_is_found(payout) -> None:
    OutboxMessage.objects.all().delete()
    assert look_up_unknown_payouts() == 0
    with travel_to(now() + dt.timedelta(hours=2)):
        assert look_up_unknown_payouts() == 1
    payout.refresh_from_db()
    assert payout.state == Payout.State.PAID


def test_a_rail_taken_away_leaves_the_payout_to_be_sent_later(payout) -> None:
    Payout.objects.update(rail="pigeon")
    with pytest.raises(RailMissingError):
        send_payout(payout_id=payout.pk)
    payout.refresh_from_db()
    assert payout.state == Payout.State.SENDING


def test_a_key_that_moved_something_else_is_refused(payout) -> None:
    send_payout(payout_id=payout.pk)
    with pytest.raises(KeyReusedError):
        provider.transfer(
            destination="", amount=Money(1, "USD"), idempotency_key=f"payout:{payout.pk}"
        )


def test_whoever_earns_in_the_sandbox_is_paid_without_choosing_a_rail() -> None:
    assert SandboxRail.key in [way.key for way in rails()]
    payee = a_payee()
    assert (payee.rail, payee.is_ready) == ("sandbox", True)
