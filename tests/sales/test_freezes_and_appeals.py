"""Freezing takes nothing from anybody; whoever it meets is told, may appeal, and is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.ledger.models import Account
from creatorhub.operations.services.check_invariants import check_invariants
from creatorhub.outbox.models import SentMail
from creatorhub.payouts.models import PayeeHold
from creatorhub.payouts.services import payee_of, run_payouts
from creatorhub.sales.errors import AppealRefusedError, FreezeRefusedError
from creatorhub.sales.models import Hold
from creatorhub.sales.services import release_due
from creatorhub.sales.services.appeal_hold import answer_appeal, appeal_freeze, appeal_payee_hold
from creatorhub.sales.services.freeze_payee import freeze_payee, unfreeze_payee
from creatorhub.sales.services.freeze_sale import freeze_sale, unfreeze_sale
from creatorhub.sales.services.watch_holds import watch_holds
from tests.factories.accounts import a_party, a_staff_user
from tests.factories.disputes import DisputedMarket
from tests.factories.sales import let_effects_happen, send, stands_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def market() -> DisputedMarket:
    return DisputedMarket()


def why(days: int = 5) -> dict[str, Any]:
    return {
        "reason_code": "many_complaints",
        "note": "Three buyers wrote to us.",
        "until": now() + dt.timedelta(days=days),
        "actor": a_staff_user(),
    }


def release_everything(market: DisputedMarket) -> None:
    for sale in (market.sale_a, market.sale_b):
        send(sale)
    with travel_to(now() + dt.timedelta(days=40)):
        release_due()


def wealth() -> dict[str, int]:
    """What is anybody's, wherever it lies: held and payable of one owner count together."""
    rows = Account.objects.filter(name__in=("payee_held", "payee_payable", "payee_receivable"))
    sums: dict[str, int] = {}
    for row in rows:
        sign = -1 if row.name == "payee_receivable" else 1
        sums[row.owner] = sums.get(row.owner, 0) + sign * row.balance_minor
    return sums


def mails_to(address: str) -> list[str]:
    let_effects_happen()
    return list(
        SentMail.objects.filter(to=address).order_by("id").values_list("subject", flat=True)
    )


@pytest.mark.parametrize("is_released", [False, True])
def test_freezing_changes_nobodys_wealth(market, is_released) -> None:
    if is_released:
        release_everything(market)
    before = wealth()
    payee = payee_of(party=market.a.owner)
    hold = freeze_payee(payee=payee, **why())
    freeze = freeze_sale(sale=market.sale_a, **why())
    assert wealth() == before
    check_invariants()
    unfreeze_sale(freeze=freeze, outcome="All is well.", actor=None)
    unfreeze_payee(hold=hold, outcome="All is well.", actor=None)
    assert wealth() == before
    check_invariants()


def test_a_frozen_sale_waits_and_another_does_not(market) -> None:
    release_everything(market)
    freeze = freeze_sale(sale=market.sale_a, **why())
    assert market.held() == [5_100, 0, 300]
    assert market.payable() == [0, 3_600, 0]
    with travel_to(now() + dt.timedelta(days=100)):
        assert release_due() == 0
    assert unfreeze_sale(freeze=freeze, outcome="All is well.", actor=None)
    assert not unfreeze_sale(freeze=freeze, outcome="Again.", actor=None)
    assert market.payable() == [5_100, 3_600, 300]
    check_invariants()


def test_a_frozen_payee_is_not_paid_and_keeps_earning(market) -> None:
    release_everything(market)
    freeze_payee(payee=payee_of(party=market.a.owner), **why())
    run = run_payouts(key="frozen")
    skipped = {row["payee"]: row["reason_code"] for row in run.skipped}
    assert skipped[payee_of(party=market.a.owner).pk] == "many_complaints"
    assert stands_at("payee_payable", market.a.owner) == 5_100


def test_nothing_is_frozen_twice_or_into_the_past(market) -> None:
    payee = payee_of(party=market.a.owner)
    with pytest.raises(FreezeRefusedError):
        freeze_sale(sale=market.sale_a, **why(days=0))
    with pytest.raises(FreezeRefusedError):
        freeze_payee(payee=payee, **why(days=-1))
    freeze_sale(sale=market.sale_a, **why())
    freeze_payee(payee=payee, **why())
    with pytest.raises(FreezeRefusedError):
        freeze_sale(sale=market.sale_a, **why())
    with pytest.raises(FreezeRefusedError):
        freeze_payee(payee=payee, **why())


def test_everyone_affected_is_told_why_and_when_it_is_over(market) -> None:
    freeze = freeze_sale(sale=market.sale_a, **why())
    number = market.order.order.number
    waits, over = (
        f"The money of order {number} waits",
        f"The money of order {number} waits no longer",
    )
    for owner in (market.a.owner, market.noor):
        assert mails_to(owner.user.email)[-1] == waits
    told = SentMail.objects.get(to=market.a.owner.user.email, subject=waits)
    assert "Three buyers wrote to us." in told.text
    assert waits not in mails_to(market.b.owner.user.email)
    unfreeze_sale(freeze=freeze, outcome="All is well.", actor=None)
    for owner in (market.a.owner, market.noor):
        assert mails_to(owner.user.email)[-1] == over


def test_an_appeal_has_a_deadline_and_lifting_it_lets_the_money_go(market) -> None:
    staff = a_staff_user(email="staff@example.com")
    hold = freeze_payee(payee=payee_of(party=market.a.owner), **why())
    appeal = appeal_payee_hold(hold=hold, party=market.a.owner, text="They were refunded.")
    assert appeal.answer_by == appeal.asked_at + dt.timedelta(days=5)
    assert "An appeal of" in mails_to(staff.email)[-1]
    answer_appeal(appeal=appeal, lift=True, answer="You are right.", actor=staff)
    assert not PayeeHold.objects.filter(closed_at=None).exists()
    assert mails_to(market.a.owner.user.email)[-1] == "The answer to your appeal"
    with pytest.raises(AppealRefusedError):
        answer_appeal(appeal=appeal, lift=False, answer="No.", actor=staff)


def test_an_upheld_hold_stays_and_may_be_appealed_again(market) -> None:
    freeze = freeze_sale(sale=market.sale_a, **why())
    first = appeal_freeze(freeze=freeze, party=market.noor, text="I only shared it.")
    with pytest.raises(AppealRefusedError):
        appeal_freeze(freeze=freeze, party=market.noor, text="Hello?")
    answer_appeal(appeal=first, lift=False, answer="We still ask the shop.", actor=a_staff_user())
    assert Hold.objects.filter(reason_code="many_complaints", closed_at=None).exists()
    again = appeal_freeze(freeze=freeze, party=market.noor, text="And now?")
    answer_appeal(appeal=again, lift=True, answer="Fine.", actor=a_staff_user())
    assert not Hold.objects.filter(reason_code="many_complaints", closed_at=None).exists()
    check_invariants()


def test_nobody_appeals_for_somebody_else_or_against_what_is_over(market) -> None:
    hold = freeze_payee(payee=payee_of(party=market.a.owner), **why())
    with pytest.raises(AppealRefusedError):
        appeal_payee_hold(hold=hold, party=a_party(), text="Me too.")
    unfreeze_payee(hold=hold, outcome="Over.", actor=None)
    with pytest.raises(AppealRefusedError):
        appeal_payee_hold(hold=hold, party=market.a.owner, text="Late.")


def test_staff_hear_once_of_each_promise_that_passed(market) -> None:
    staff = a_staff_user(email="staff@example.com")
    hold = freeze_payee(payee=payee_of(party=market.a.owner), **why())
    freeze_sale(sale=market.sale_b, **why())
    appeal_payee_hold(hold=hold, party=market.a.owner, text="Please.")
    market.dispute()
    let_effects_happen()
    before = len(mails_to(staff.email))
    assert watch_holds() == 0
    with travel_to(now() + dt.timedelta(days=6)):
        for _twice in range(2):
            assert watch_holds() == 4
        let_effects_happen()
    subjects = mails_to(staff.email)[before:]
    assert len(subjects) == 4
    assert all(subject.startswith("A promised date") for subject in subjects)
