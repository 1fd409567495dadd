"""Staff find what must be answered soonest, with everything known of the order."""

from __future__ import annotations

import datetime as dt

import pytest

from creatorhub.foundation.clock import now
from creatorhub.payouts.models import PayeeHold
from creatorhub.payouts.services import payee_of
from creatorhub.sales.models import Appeal, Dispute, SaleFreeze
from creatorhub.sales.services.answer_dispute import add_statement
from creatorhub.sales.services.appeal_hold import appeal_payee_hold
from creatorhub.sales.services.freeze_payee import freeze_payee
from tests.factories.disputes import DisputedMarket, the_bank_decides
from tests.factories.sales import let_effects_happen, send
from tests.factories.studio import a_staff_browser, signed_in, words_of

pytestmark = pytest.mark.django_db

DESK = "/en/studio/desk/"
WAITING = "/en/studio/waiting/"


@pytest.fixture
def market() -> DisputedMarket:
    return DisputedMarket()


def test_the_list_puts_what_is_due_soonest_first(market) -> None:
    late, soon = market.dispute(share_percent=50), market.dispute(share_percent=50)
    Dispute.objects.filter(pk=soon.pk).update(due_by=now() + dt.timedelta(days=1))
    the_bank_decides(DisputedMarket().dispute(), "won")
    page = a_staff_browser().get(f"{DESK}disputes/")
    rows = [row["dispute"].pk for row in page.context["waiting"]]
    assert rows == [soon.pk, late.pk]
    assert "Waits for our answer" in words_of(page)
    assert "Won" in words_of(page)


def test_one_dispute_says_what_was_sent_written_and_promised_and_is_answered_once(market) -> None:
    send(market.sale_a)
    let_effects_happen()
    dispute = market.dispute()
    add_statement(dispute=dispute, sale=market.sale_a, text="The carrier rang twice.", actor=None)
    staff = a_staff_browser()
    address = f"{DESK}disputes/{dispute.pk}/"
    page = words_of(staff.get(address))
    assert "SM123" in page
    assert "The carrier rang twice." in page
    assert "gives money back for" in page
    assert "The buyer was written" in page
    draft = staff.get(address).context["form"].initial["text"]
    assert "SM123" in draft
    assert "The carrier rang twice." in draft
    assert "Say what happened" in words_of(staff.post(address, {"text": " "}))
    staff.post(address, {"text": "It was sent with SMSA."})
    again = words_of(staff.post(address, {"text": "Twice."}, follow=True))
    assert "has been sent already" in again
    let_effects_happen()
    assert "The bank has it." in words_of(staff.get(address))
    the_bank_decides(dispute, "lost")
    assert "The buyer keeps the money" in words_of(staff.get(address))


def test_a_shop_sees_its_dispute_and_adds_its_side(market) -> None:
    dispute = market.dispute()
    creator = signed_in(market.a.owner.user)
    address = f"{WAITING}orders/{market.sale_a.pk}/disputes/{dispute.pk}/"
    assert address in words_of(creator.get(f"/en/studio/orders/{market.sale_a.pk}/"))
    assert f"{WAITING}" in words_of(creator.get("/en/studio/money/"))
    creator.post(address, {"text": "It was sent."})
    assert dispute.statements.get().text == "It was sent."
    assert "few words" in words_of(creator.post(address, {"text": ""}))
    the_bank_decides(dispute, "won")
    assert "the order stays paid" in words_of(creator.get(address))
    assert "decided already" in words_of(creator.post(address, {"text": "More."}, follow=True))
    assert (
        creator.get(f"{WAITING}orders/{market.sale_b.pk}/disputes/{dispute.pk}/").status_code == 404
    )


def test_staff_freeze_a_person_whom_they_look_for_and_end_it(market) -> None:
    staff = a_staff_browser()
    payee = payee_of(party=market.a.owner)
    found = words_of(staff.get(f"{DESK}holds/", {"q": market.a.owner.user.email}))
    assert f"{DESK}holds/payees/{payee.pk}/" in found
    address = f"{DESK}holds/payees/{payee.pk}/"
    assert "Choose why" in words_of(staff.post(address, {"note": "x"}))
    decision = {"reason_code": "suspected_fraud", "note": "Odd cards.", "until_on": "2999-01-01"}
    staff.post(address, decision)
    hold = PayeeHold.objects.get(payee=payee)
    assert (hold.reason_code, hold.note) == ("suspected_fraud", "Odd cards.")
    assert "wait for this reason already" in words_of(staff.post(address, decision))
    assert "Odd cards." in words_of(staff.get(f"{DESK}holds/"))
    staff.post(f"{DESK}holds/{hold.pk}/end/", {"outcome": "All is well."})
    hold.refresh_from_db()
    assert hold.outcome == "All is well."
    assert hold.closed_at is not None


def test_staff_freeze_one_sale_whose_number_they_know_and_end_it(market) -> None:
    staff = a_staff_browser()
    found = words_of(staff.get(f"{DESK}holds/", {"q": market.order.order.number}))
    address = f"{DESK}holds/sales/{market.sale_a.pk}/"
    assert address in found
    decision = {"reason_code": "law", "note": "A court asks.", "until_on": "2999-01-01"}
    staff.post(address, decision)
    assert "frozen already" in words_of(staff.post(address, decision))
    freeze = SaleFreeze.objects.get(sale=market.sale_a)
    creator = signed_in(market.a.owner.user)
    assert "A court asks." in words_of(creator.get(f"{WAITING}sales/{freeze.pk}/"))
    assert "waits; we answer by" in words_of(creator.get("/en/studio/money/"))
    assert "waits; we answer by" in words_of(creator.get(f"/en/studio/orders/{market.sale_a.pk}/"))
    creator.post(f"{WAITING}sales/{freeze.pk}/", {"text": "It is a mistake."})
    assert "are with our team" in words_of(
        creator.post(f"{WAITING}sales/{freeze.pk}/", {"text": "Again."}, follow=True)
    )
    staff.post(f"{DESK}holds/sales/{freeze.pk}/end/", {"outcome": "The court is content."})
    assert "It is over since" in words_of(creator.get(f"{WAITING}sales/{freeze.pk}/"))


@pytest.mark.parametrize(("decision", "state"), [("lift", "lifted"), ("uphold", "upheld")])
def test_an_appeal_is_read_answered_and_seen(market, decision, state) -> None:
    hold = freeze_payee(
        payee=payee_of(party=market.a.owner),
        reason_code="payee_hold",
        note="We look at it.",
        until=now() + dt.timedelta(days=5),
        actor=None,
    )
    creator, staff = signed_in(market.a.owner.user), a_staff_browser()
    creator.post(f"{WAITING}payouts/{hold.pk}/", {"text": "Please look again."})
    appeal = Appeal.objects.get()
    assert "Please look again." in words_of(staff.get(f"{DESK}holds/"))
    address = f"{DESK}appeals/{appeal.pk}/"
    assert "Say why" in words_of(staff.post(address, {"decision": decision}))
    staff.post(address, {"decision": decision, "answer": "We looked."})
    appeal.refresh_from_db()
    assert appeal.state == state
    again = staff.post(address, {"decision": decision, "answer": "Again."}, follow=True)
    assert "A colleague has answered" in words_of(again)
    assert "We looked." in words_of(creator.get(f"{WAITING}payouts/{hold.pk}/"))
    assert "We looked." in words_of(staff.get(address))


def test_an_affiliate_sees_nothing_of_anothers_holds(market) -> None:
    hold = freeze_payee(
        payee=payee_of(party=market.a.owner),
        reason_code="payee_hold",
        note="We look at it.",
        until=now() + dt.timedelta(days=5),
        actor=None,
    )
    appeal_payee_hold(hold=hold, party=market.a.owner, text="Please.")
    noor = signed_in(market.noor.user)
    assert noor.get(f"{WAITING}payouts/{hold.pk}/").status_code == 404
    assert "Nothing of yours waits" in words_of(noor.get(WAITING))
