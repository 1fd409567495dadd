"""A Connect payout is one transfer per order, and its parts sum to it to the cent."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creatorhub.ledger.selectors import balance
from creatorhub.money import Money
from creatorhub.outbox.models import SentMail
from creatorhub.payments.models import SandboxMovement
from creatorhub.payouts import invariants
from creatorhub.payouts.models import Payee, Payout
from creatorhub.payouts.parts import OF_NO_ORDER, even_out
from creatorhub.payouts.services import look_up_unknown_payouts, run_payouts, send_payout
from tests.factories.payouts import a_payee, earn, give_back, release
from tests.factories.rails import a_connect_payee, the_provider
from tests.factories.sales import a_sale, let_effects_happen, send
from tests.factories.shops import a_published_listing

pytestmark = pytest.mark.django_db

LOOKS = (
    invariants.parts_that_do_not_add_up,
    invariants.charges_drawn_beyond_themselves,
    invariants.payouts_that_do_not_add_up,
    invariants.payouts_without_their_entry,
    invariants.settled_without_word,
)


@pytest.fixture(autouse=True)
def nothing_broken():
    yield
    assert [look() for look in LOOKS] == [[]] * len(LOOKS)


def a_payout(payee: Payee, key: str = "r1") -> Payout:
    return run_payouts(key=key).payouts.get(payee=payee)


def shares(payout: Payout) -> list[tuple[str, int, str]]:
    return [(p.order_reference, p.amount_minor, p.state) for p in payout.parts.order_by("number")]


def test_each_order_is_a_transfer_of_its_own() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    earn(payee, 700, order="12")
    payout = send_payout(payout_id=a_payout(payee).pk)
    assert shares(payout) == [("11", 5000, "sent"), ("12", 700, "sent")]
    assert payout.state == Payout.State.PAID
    moved = SandboxMovement.objects.filter(kind="transfer").order_by("id")
    assert [(m.group, m.amount_minor, m.destination) for m in moved] == [
        ("11", 5000, payee.destination),
        ("12", 700, payee.destination),
    ]


def test_a_transfer_draws_on_the_charge_of_its_order() -> None:
    sale = a_sale(a_published_listing())
    payee = a_connect_payee(payee=sale.shop.owner.payee)
    send(sale)
    earn(payee, 600, currency=sale.currency, order="cash-1")
    line = sale.lines.get()
    from_sale = line.net_minor
    release(payee, from_sale, currency=sale.currency, order=sale.order.number)
    payout = send_payout(payout_id=a_payout(payee).pk)
    charge = SandboxMovement.objects.get(group=sale.order.number)
    assert charge.source_payment.startswith("pay_")
    assert SandboxMovement.objects.get(group="cash-1").source_payment == ""
    assert payout.amount_minor == from_sale + 600


def test_what_an_order_took_back_is_evened_out_by_the_newest() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    send_payout(payout_id=a_payout(payee).pk)
    earn(payee, 2000, order="12")
    earn(payee, 1500, order="13")
    give_back(payee, 1700, order="11")
    payout = send_payout(payout_id=a_payout(payee, "r2").pk)
    assert shares(payout) == [("12", 1800, "sent")]


def test_a_lost_answer_is_looked_up_before_anything_is_sent_again() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    earn(payee, 700, order="12")
    payout = a_payout(payee)
    with the_provider(loses_answers=True):
        assert send_payout(payout_id=payout.pk).state == Payout.State.UNKNOWN
    assert SandboxMovement.objects.filter(kind="transfer").count() == 1
    assert look_up_unknown_payouts() == 1
    payout.refresh_from_db()
    assert (payout.state, shares(payout)) == (
        Payout.State.PAID,
        [("11", 5000, "sent"), ("12", 700, "sent")],
    )
    assert SandboxMovement.objects.filter(kind="transfer").count() == 2


def test_a_payout_sent_in_part_is_right_to_the_cent() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    earn(payee, 700, order="12")
    payout = a_payout(payee)
    with the_provider(loses_answers=True):
        send_payout(payout_id=payout.pk)
    with the_provider(refuses_transfers=True):
        settled = send_payout(payout_id=payout.pk)
    assert shares(settled) == [("11", 5000, "sent"), ("12", 700, "refused")]
    assert (settled.state, settled.returned_minor) == (Payout.State.PAID, 700)
    assert settled.arrived == Money(5000, "USD")
    assert balance("payee_payable", payee.ledger_owner, "USD") == Money(700, "USD")
    again = send_payout(payout_id=a_payout(payee, "r2").pk)
    assert shares(again) == [("12", 700, "sent")]
    assert balance("processor_balance", "", "USD") == Money(0, "USD")


def test_refused_whole_it_is_payable_again_and_keeps_its_orders() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    with the_provider(refuses_transfers=True):
        failed = send_payout(payout_id=a_payout(payee).pk)
    assert (failed.state, failed.reason_code) == (Payout.State.FAILED, "transfer_refused")
    assert failed.returned_minor == 5000
    again = send_payout(payout_id=a_payout(payee, "r2").pk)
    assert shares(again) == [("11", 5000, "sent")]


def test_what_is_not_ready_waits_and_says_so() -> None:
    payee = a_payee()
    Payee.objects.filter(pk=payee.pk).update(is_ready=False)
    earn(payee, 5000)
    assert run_payouts(key="r1").skipped[0]["reason_code"] == "not_ready"


def test_the_mail_of_a_part_says_what_waits() -> None:
    payee = a_connect_payee()
    earn(payee, 5000, order="11")
    earn(payee, 700, order="12")
    payout = a_payout(payee)
    with the_provider(loses_answers=True):
        send_payout(payout_id=payout.pk)
    with the_provider(refuses_transfers=True):
        send_payout(payout_id=payout.pk)
    let_effects_happen()
    text = SentMail.objects.get(subject__contains="on its way").text.replace("\xa0", " ")
    assert "$50" in text
    assert "$7 more could not be sent" in text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "1", "2", "3", "4"]), st.integers(-500, 900)), max_size=12
    )
)
def test_evening_out_keeps_the_sum_and_is_the_same_for_everybody(moves) -> None:
    nets: dict[str, int] = {}
    for order, minor in moves:
        nets[order] = nets.get(order, 0) + minor
    total = sum(nets.values())
    if total < 0:
        return
    evened = even_out(nets)
    assert sum(evened.values()) == total
    assert all(minor > 0 for minor in evened.values())
    assert all(evened[order] <= nets[order] for order in evened)
    assert list(evened)[-1:] == [OF_NO_ORDER] if OF_NO_ORDER in evened else True
