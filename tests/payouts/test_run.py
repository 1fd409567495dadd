"""A run pays everybody what the book owes them, and says why anybody waits."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.foundation.models import AuditEntry
from creatorhub.foundation.policy import change_policy
from creatorhub.foundation.reasons import UnknownReasonError
from creatorhub.ledger.selectors import balance
from creatorhub.money import Money
from creatorhub.payouts.models import Payee, Payout
from creatorhub.payouts.selectors import due_now, runs
from creatorhub.payouts.services import close_hold, open_hold, payee_of, run_payouts
from tests.factories.payouts import a_payee, earn, give_back, hold

pytestmark = pytest.mark.django_db


def payable(payee: Payee, currency: str = "USD") -> Money:
    return balance("payee_payable", payee.ledger_owner, currency)


def test_a_party_has_one_payee() -> None:
    party = Party.objects.create(name="Nour")
    assert payee_of(party=party) == payee_of(party=party)
    assert str(payee_of(party=party)) == "Nour"


def test_what_is_payable_is_paid_and_what_is_held_stays() -> None:
    payee = a_payee()
    earn(payee, 5000)
    hold(payee, 700, order="1")
    run = run_payouts(key="r1")
    payout = run.payouts.get()
    assert payout.amount == Money(5000, "USD")
    assert payout.state == Payout.State.SENDING
    assert payable(payee) == Money(0, "USD")
    assert balance("payee_held", payee.ledger_owner, "USD") == Money(700, "USD")
    assert balance("processor_balance", "", "USD") == Money(700, "USD")
    assert run.finished_at is not None
    assert run.skipped == []


def test_each_currency_is_its_own_payout() -> None:
    payee = a_payee()
    earn(payee, 5000)
    earn(payee, 90_000, currency="SAR")
    run = run_payouts(key="r1")
    assert {str(payout) for payout in run.payouts.all()} == {"Nour: 5000 USD", "Nour: 90000 SAR"}


def test_the_same_key_pays_once() -> None:
    payee = a_payee()
    earn(payee, 5000)
    first = run_payouts(key="r1")
    earn(payee, 6000)
    assert run_payouts(key="r1") == first
    assert first.payouts.count() == 1
    assert payable(payee) == Money(6000, "USD")


def test_a_crashed_run_continues_where_it_stopped() -> None:
    payee, other = a_payee(), a_payee(name="Sara")
    earn(payee, 5000)
    run = run_payouts(key="r1")
    run.finished_at = None
    run.save()
    earn(payee, 900)
    earn(other, 7000)
    again = run_payouts(key="r1")
    assert [(p.payee, p.amount_minor) for p in again.payouts.order_by("id")] == [
        (payee, 5000),
        (other, 7000),
    ]


def test_the_next_run_pays_only_what_came_since() -> None:
    payee = a_payee()
    earn(payee, 5000)
    first = run_payouts(key="r1").payouts.get()
    earn(payee, 6000, order="2")
    give_back(payee, 500, order="2")
    second = run_payouts(key="r2").payouts.get()
    assert second.amount_minor == 5500
    assert second.after_posting_id == first.until_posting_id


def test_below_the_minimum_waits_and_says_so() -> None:
    payee = a_payee()
    earn(payee, 499)
    run = run_payouts(key="r1")
    assert not run.payouts.exists()
    assert run.skipped == [
        {"payee": payee.pk, "currency": "USD", "minor": 499, "reason_code": "below_minimum"}
    ]
    earn(payee, 1)
    assert run_payouts(key="r2").payouts.get().amount_minor == 500


def test_the_minimum_is_policy() -> None:
    payee = a_payee()
    earn(payee, 499)
    change_policy(actor=None, payout_minimum_minor={"USD": 100})
    assert run_payouts(key="r1").payouts.get().amount_minor == 499


def test_a_hold_keeps_the_money_until_it_is_closed() -> None:
    payee = a_payee()
    earn(payee, 5000)
    until = now() + dt.timedelta(days=3)
    held = open_hold(payee=payee, reason_code="changed_destination", expected_until=until)
    assert str(held) == "Nour: changed_destination"
    assert [skip["reason_code"] for skip in run_payouts(key="r1").skipped] == [
        "changed_destination"
    ]
    assert payable(payee) == Money(5000, "USD")
    assert close_hold(hold=held, outcome="it was them")
    assert not close_hold(hold=held, outcome="again")
    assert run_payouts(key="r2").payouts.get().amount_minor == 5000
    actions = list(AuditEntry.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["payee_hold.opened", "payouts.run", "payee_hold.closed", "payouts.run"]


def test_a_hold_needs_a_reason_people_can_read() -> None:
    with pytest.raises(UnknownReasonError):
        open_hold(payee=a_payee(), reason_code="because", expected_until=now())


def test_a_rail_that_is_not_here_is_a_reason() -> None:
    payee = a_payee()
    Payee.objects.filter(pk=payee.pk).update(rail="pigeon")
    earn(payee, 5000)
    assert [due.reason_code for due in due_now()] == ["rail_unavailable"]
    assert run_payouts(key="r1").skipped[0]["reason_code"] == "rail_unavailable"


def test_staff_see_beforehand_who_is_paid_and_who_waits() -> None:
    first, second = a_payee(name="Nour"), a_payee(name="Sara")
    earn(first, 5000)
    earn(second, 10)
    seen = [(due.payee.party.name, due.amount.minor, due.is_payable) for due in due_now()]
    assert seen == [("Nour", 5000, True), ("Sara", 10, False)]
    run = run_payouts(key="r1", moment=now())
    assert str(runs().get()) == str(run) == "r1"
