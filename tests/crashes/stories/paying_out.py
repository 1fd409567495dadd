"""A payout run, and its money on the way."""

from __future__ import annotations

from itertools import count

from django.db.models import Sum

from creatorhub.foundation.clock import now, travel_to
from creatorhub.outbox.services import deliver_due
from creatorhub.payments.models import SandboxMovement
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.services import run_payouts
from creatorhub.sales.services import release_due
from tests.crashes.stories.story import LONG_AGO, Facts, Stall, Story, the_provider
from tests.factories.sales import send

SHOP_AND_AFFILIATE = 2

_runs = count(1)


def money_to_be_paid(stall: Stall) -> Facts:
    """A sale of long ago, released: its shop and its affiliate are owed money."""
    the_provider()
    sale = stall.sale(ago=LONG_AGO)
    with travel_to(now() - LONG_AGO):
        send(sale)
    release_due()
    return {"key": f"run {next(_runs)}"}


def money_for_a_closed_account(stall: Stall) -> Facts:
    facts = money_to_be_paid(stall)
    the_provider(refuses_transfers=True)
    return facts


def pay_out(*, key: str) -> None:
    run_payouts(key=key)
    deliver_due()


def is_under_way(*, key: str) -> bool:
    """Off the book, and not at the payee's."""
    return Payout.objects.filter(run__key=key, state=Payout.State.SENDING).exists()


def paid_out_once(*, key: str) -> None:
    payouts = PayoutRun.objects.get(key=key).payouts.all()
    assert payouts.count() == SHOP_AND_AFFILIATE, list(payouts)
    assert {payout.state for payout in payouts} == {Payout.State.PAID}
    _far_side_agrees()


def returned_once(*, key: str) -> None:
    payouts = PayoutRun.objects.get(key=key).payouts.all()
    assert payouts.count() == SHOP_AND_AFFILIATE, list(payouts)
    assert {payout.state for payout in payouts} == {Payout.State.FAILED}
    _far_side_agrees()


def _far_side_agrees() -> None:
    """A movement for each payout, and as much money as the payouts say."""
    moved = SandboxMovement.objects.filter(kind=SandboxMovement.Kind.TRANSFER)
    assert moved.count() == Payout.objects.count()
    told = Payout.objects.aggregate(minor=Sum("amount_minor"))["minor"]
    assert moved.aggregate(minor=Sum("amount_minor"))["minor"] == told


PAYOUT = Story("payout", money_to_be_paid, pay_out, paid_out_once, is_under_way)
RETURNED_PAYOUT = Story(
    "returned payout", money_for_a_closed_account, pay_out, returned_once, is_under_way
)
