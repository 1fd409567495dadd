"""A statement lists what a payout is made of and adds up to the cent."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payouts.explain import known_kinds, reason_of, register_sentence, sentence_of
from creatorhub.payouts.models import Payout
from creatorhub.payouts.selectors import (
    balances_of,
    payee_of_party,
    payout_of,
    payouts_of,
    statement,
    upcoming,
)
from creatorhub.payouts.services import open_hold, run_payouts, send_payout
from tests.factories.payouts import a_payee, earn, give_back, hold, refusing_bank

pytestmark = pytest.mark.django_db


def test_it_lists_every_movement_since_the_last_payout() -> None:
    payee = a_payee()
    earn(payee, 5000, order="1")
    earn(payee, 2500, order="2")
    give_back(payee, 2500, order="2")
    payout = run_payouts(key="r1").payouts.get()
    with translation.override("en"):
        shown = statement(payout)
        assert [(line.sentence, line.amount.minor) for line in shown.lines] == [
            ("Released: Mug", 5000),
            ("Released: Mug", 2500),
            ("Given back to the buyer: Mug", -2500),
        ]
        assert shown.lines[2].reason == "The item arrived damaged."
    assert shown.total == Money(5000, "USD")
    assert shown.adds_up
    assert shown.lines[0].details["order"] == "1"


def test_a_payout_that_came_back_is_a_line_of_the_next_one() -> None:
    payee = a_payee()
    earn(payee, 5000)
    first = run_payouts(key="r1").payouts.get()
    with refusing_bank():
        send_payout(payout_id=first.pk)
    earn(payee, 600)
    shown = statement(run_payouts(key="r2").payouts.get())
    assert [(line.kind, line.amount.minor) for line in shown.lines] == [
        ("payout_returned", 5000),
        ("release.share", 600),
    ]
    assert shown.adds_up


def test_nothing_is_in_two_statements_and_nothing_is_missing() -> None:
    payee = a_payee()
    for round_ in range(4):
        earn(payee, 1000 + round_)
        earn(payee, 2000)
        run_payouts(key=f"r{round_}")
    earn(payee, 77)
    shown = [line for p in payouts_of(payee) for line in statement(p).lines]
    assert len({line.posting_id for line in shown}) == len(shown) == 8
    assert [line.amount.minor for line in upcoming(payee, "USD")] == [77]


def test_balances_count_everything_once() -> None:
    payee = a_payee()
    earn(payee, 5000)
    paid = run_payouts(key="r1").payouts.get()
    send_payout(payout_id=paid.pk)
    earn(payee, 600)
    run_payouts(key="r2")
    earn(payee, 20)
    hold(payee, 3, order="3")
    (shown,) = balances_of(payee)
    assert shown.paid == Money(5000, "USD")
    assert shown.on_its_way == Money(600, "USD")
    assert shown.payable == Money(20, "USD")
    assert shown.held == Money(3, "USD")
    assert shown.owed_to_us == Money(0, "USD")
    assert shown.reason_code == "below_minimum"
    assert not shown.is_empty


def test_balances_say_which_hold_they_wait_for() -> None:
    payee = a_payee()
    earn(payee, 5000)
    open_hold(payee=payee, reason_code="payee_hold", expected_until=now() + dt.timedelta(days=2))
    (shown,) = balances_of(payee)
    assert shown.reason_code == "payee_hold"


def test_a_payout_is_found_only_by_its_own_payee() -> None:
    payee, other = a_payee(), a_payee()
    earn(payee, 5000)
    payout = run_payouts(key="r1").payouts.get()
    assert payout_of(payee, payout.pk) == payout
    with pytest.raises(Payout.DoesNotExist):
        payout_of(other, payout.pk)
    assert payee_of_party(payee.party) == payee
    assert balances_of(other) == []


def test_every_kind_has_its_sentence_and_the_unknown_is_a_correction() -> None:
    assert {"sale.share", "release.commission", "refund.share", "payout"} <= set(known_kinds())
    with translation.override("en"):
        commission = {"kind": "release.commission", "title": "100 %", "order": "7", "rate_bps": 250}
        assert sentence_of(commission) == "Released: your commission for 100 %"
        assert sentence_of(commission, for_staff=True) == "Released, commission: 100 %"
        fee = {"kind": "sale.fee", "title": "Mug", "fee_bps": 1000}
        assert sentence_of(fee) == "Fee of the market, 10%: Mug"
        assert sentence_of({"kind": "something.new"}) == "Correction"
        register_sentence("something.new", "New: %(order)s")
        assert sentence_of({"kind": "something.new", "order": "8"}) == "New: 8"
    assert reason_of({"reason_code": "nobody-knows"}) == ""
