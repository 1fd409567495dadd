"""Refunds: money on its way back to a buyer, which may still come home."""

from __future__ import annotations

from tests.fakestripe.books import PLATFORM, amount_of, move
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World


@endpoint("POST", "/v1/refunds")
def create_refund(call: Call) -> Object:
    world = call.world
    charge = _charge_of(call)
    left = charge["amount"] - charge["amount_refunded"]
    amount = amount_of(call.text("amount") or str(left), charge["currency"])
    if charge["disputed"]:
        raise invalid(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    if left == 0:
        raise invalid(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if amount > left:
        raise invalid(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
        )
    refund = world.keep(_refund(call, charge, amount))
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    tell(world, "refund.created", refund)
    if not world.refunds_wait:
        succeed(world, refund)
    tell(world, "charge.refunded", charge)
    return refund


@endpoint("GET", "/v1/refunds/{refund}")
def retrieve_refund(call: Call) -> Object:
    return call.world.find("refund", call.id)


@endpoint("GET", "/v1/refunds")
def list_refunds(call: Call) -> Object:
    charge, intent = call.params.get("charge"), call.params.get("payment_intent")
    rows = [
        refund
        for refund in call.world.all_of("refund")
        if charge in (None, refund["charge"]) and intent in (None, refund["payment_intent"])
    ]
    return page_of(call, rows, "/v1/refunds")


def succeed(world: World, refund: Object) -> None:
    """The buyer's bank took it."""
    refund["status"] = "succeeded"
    tell(world, "refund.updated", refund)


def fail(world: World, refund: Object) -> None:
    """The buyer's bank sent it back, perhaps days after it had succeeded."""
    refund.update(status="failed", failure_reason="lost_or_stolen_card")
    refund["failure_balance_transaction"] = move(
        world,
        owner=PLATFORM,
        currency=refund["currency"],
        amount=refund["amount"],
        kind="refund_failure",
        source=refund["id"],
    )
    charge = world.find("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    tell(world, "refund.updated", refund)
    tell(world, "refund.failed", refund)


def _charge_of(call: Call) -> Object:
    if "charge" in call.params:
        return call.world.find("charge", call.text("charge"))
    intent = call.world.find("payment_intent", call.text("payment_intent"))
    return call.world.find("charge", intent["latest_charge"])


def _refund(call: Call, charge: Object, amount: int) -> Object:
    refund_id = call.world.new_id("re")
    return {
        "id": refund_id,
        "object": "refund",
        "amount": amount,
        "balance_transaction": move(
            call.world,
            owner=PLATFORM,
            currency=charge["currency"],
            amount=-amount,
            kind="refund",
            source=refund_id,
        ),
        "charge": charge["id"],
        "created": call.world.now(),
        "currency": charge["currency"],
        "metadata": call.metadata,
        "payment_intent": charge["payment_intent"],
        "reason": call.params.get("reason"),
        "status": "pending",
    }
