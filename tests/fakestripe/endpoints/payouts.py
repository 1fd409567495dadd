"""Payouts: what a recipient's balance sends on to the recipient's own bank."""

from __future__ import annotations

from tests.fakestripe.books import held, move
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.world import Object, World


@endpoint("GET", "/v1/payouts")
def list_payouts(call: Call) -> Object:
    rows = [row for row in call.world.all_of("payout") if row["_owner"] == call.account]
    return page_of(call, rows, "/v1/payouts")


def pay_out(world: World, account: Object, *, currency: str) -> Object:
    """The recipient's whole balance goes to their bank: reversals find nothing any more."""
    amount = held(world, owner=account["id"], currency=currency)
    payout_id = world.new_id("po")
    moved = move(
        world,
        owner=account["id"],
        currency=currency,
        amount=-amount,
        kind="payout",
        source=payout_id,
    )
    payout = world.keep(
        {
            "id": payout_id,
            "object": "payout",
            "amount": amount,
            "arrival_date": world.now(),
            "automatic": True,
            "balance_transaction": moved,
            "created": world.now(),
            "currency": currency,
            "livemode": world.habits.livemode,
            "metadata": {},
            "method": "standard",
            "reconciliation_status": "completed",
            "source_type": "card",
            "status": "paid",
            "type": "bank_account",
            "_owner": account["id"],
        }
    )
    tell(world, "payout.paid", payout, account=account["id"])
    return payout


def fail_payout(world: World, payout: Object) -> None:
    """The recipient's bank sent it back: it is on their balance again."""
    payout.update(status="failed", failure_code="account_closed")
    payout["failure_balance_transaction"] = move(
        world,
        owner=payout["_owner"],
        currency=payout["currency"],
        amount=payout["amount"],
        kind="payout_failure",
        source=payout["id"],
    )
    tell(world, "payout.failed", payout, account=payout["_owner"])
