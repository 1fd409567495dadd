"""What a refund leaves owed is taken back from the transfer of its own order, once."""

from __future__ import annotations

import pytest

from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.selectors import balance
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.payments.models import SandboxMovement
from creatorhub.payouts import invariants
from creatorhub.payouts.models import Payee, PayoutPart, TransferReversal
from creatorhub.payouts.rails.rail import RailTimeoutError
from creatorhub.payouts.services import recover, run_payouts, send_payout
from creatorhub.sales.services import release_due
from tests.factories.payouts import a_payee, earn
from tests.factories.rails import a_connect_payee, the_provider
from tests.factories.sales import a_sale, let_effects_happen, refund, send
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_broken():
    yield
    assert invariants.reversals_that_do_not_add_up() == []
    assert invariants.parts_that_do_not_add_up() == []


def owe(payee: Payee, minor: int, *, order: str) -> JournalEntry:
    """A refund of an order whose money was paid out already."""
    amount = Money(minor, "USD")
    return post_entry(
        kind="refund",
        reference=f"order:{order}",
        idempotency_key=f"refund:{order}:{minor}",
        lines=[
            debit(AccountRef("payee_receivable", payee.ledger_owner), amount),
            credit(AccountRef("processor_balance"), amount),
        ],
    )


def owed(payee: Payee) -> int:
    return balance("payee_receivable", payee.ledger_owner, "USD").minor


@pytest.fixture
def paid() -> Payee:
    """Paid 50 dollars of order 11 and 7 of order 12."""
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    earn(payee, 700, order="12")
    send_payout(payout_id=run_payouts(key="r1").payouts.get().pk)
    return payee


def test_it_comes_back_from_the_orders_own_transfer(paid) -> None:
    entry = owe(paid, 2000, order="11")
    (reversal,) = recover(entry_id=entry.pk)
    assert (reversal.state, reversal.amount_minor) == ("done", 2000)
    assert PayoutPart.objects.get(order_reference="11").reversed_minor == 2000
    assert PayoutPart.objects.get(order_reference="12").reversed_minor == 0
    assert owed(paid) == 0
    posted = JournalEntry.objects.get(kind="transfer_reversed")
    assert posted.reference == "order:11"


def test_again_and_again_it_comes_back_once(paid) -> None:
    entry = owe(paid, 2000, order="11")
    for _again in range(3):
        recover(entry_id=entry.pk)
    assert SandboxMovement.objects.filter(kind="reversal").count() == 1
    assert JournalEntry.objects.filter(kind="transfer_reversed").count() == 1


def test_a_lost_answer_is_looked_up_also_when_its_key_was_forgotten(paid) -> None:
    entry = owe(paid, 2000, order="11")
    with the_provider(loses_answers=True), pytest.raises(RailTimeoutError):
        recover(entry_id=entry.pk)
    SandboxMovement.objects.filter(kind="reversal").update(idempotency_key="pruned")
    (reversal,) = recover(entry_id=entry.pk)
    assert reversal.state == "done"
    assert SandboxMovement.objects.filter(kind="reversal").count() == 1
    assert owed(paid) == 0


def test_refused_it_stays_owed_and_the_next_release_settles_it(paid) -> None:
    entry = owe(paid, 2000, order="11")
    with the_provider(refuses_reversals=True):
        (reversal,) = recover(entry_id=entry.pk)
    assert (reversal.state, reversal.reason_code) == ("refused", "reversal_refused")
    assert owed(paid) == 2000
    assert recover(entry_id=entry.pk) == [reversal]
    assert SandboxMovement.objects.filter(kind="reversal").count() == 0


def test_it_reaches_only_as_far_as_the_transfer(paid) -> None:
    entry = owe(paid, 900, order="12")
    (reversal,) = recover(entry_id=entry.pk)
    assert reversal.amount_minor == 700
    assert owed(paid) == 200


def test_two_debts_of_one_order_come_back_one_after_another(paid) -> None:
    first, second = owe(paid, 2000, order="11"), owe(paid, 1500, order="11")
    recover(entry_id=second.pk)
    recover(entry_id=first.pk)
    assert PayoutPart.objects.get(order_reference="11").reversed_minor == 3500
    assert owed(paid) == 0


def test_what_was_settled_from_a_release_meanwhile_is_payable_again(paid) -> None:
    entry = owe(paid, 2000, order="11")
    with the_provider(loses_answers=True), pytest.raises(RailTimeoutError):
        recover(entry_id=entry.pk)
    amount = Money(1800, "USD")
    owner = paid.ledger_owner
    post_entry(
        kind="release",
        reference="order:13",
        idempotency_key="netted",
        lines=[
            debit(AccountRef("processor_balance"), amount),
            credit(AccountRef("payee_receivable", owner), amount),
        ],
    )
    recover(entry_id=entry.pk)
    assert owed(paid) == 0
    assert balance("payee_payable", owner, "USD") == Money(1800, "USD")


def test_whoever_was_paid_another_way_just_owes() -> None:
    payee = a_payee()
    entry = owe(payee, 900, order="11")
    assert recover(entry_id=entry.pk) == []
    assert owed(payee) == 900


def test_a_real_refund_after_the_payout_takes_the_shops_share_back() -> None:
    sale = a_sale(a_published_listing())
    shop = a_connect_payee(payee=sale.shop.owner.payee)
    send(sale)
    line = sale.lines.get()
    line.holds.update(closed_at=sale.sold_at)
    release_due()
    send_payout(payout_id=run_payouts(key="r1").payouts.get(payee=shop).pk)
    refund(sale)
    assert balance("payee_receivable", shop.ledger_owner, sale.currency)
    let_effects_happen()
    reversal = TransferReversal.objects.get()
    assert (reversal.state, reversal.amount_minor) == ("done", line.net_minor)
    assert not balance("payee_receivable", shop.ledger_owner, sale.currency)
