"""Transfer reversals: money taken back from a recipient, if it is still there."""

from __future__ import annotations

from tests.fakestripe.books import PLATFORM, amount_of, held, move
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object


@endpoint("POST", "/v1/transfers/{id}/reversals")
def create_reversal(call: Call) -> Object:
    world = call.world
    transfer = world.find("transfer", call.id)
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = amount_of(call.text("amount") or str(left), transfer["currency"])
    if amount > left:
        raise invalid(
            f"Reversal amount ({amount}) is greater than unreversed amount on transfer ({left})",
            param="amount",
        )
    owner, currency = transfer["destination"], transfer["currency"]
    if world.reversals_are_refused or held(world, owner=owner, currency=currency) < amount:
        # Stripe's own words and code for this could not be verified: never assert on them.
        raise invalid(
            "The recipient does not have sufficient funds in their Stripe balance to "
            "complete this reversal.",
            code="balance_insufficient",
        )
    reversal = world.keep(_reversal(call, transfer, amount))
    move(
        world,
        owner=owner,
        currency=currency,
        amount=-amount,
        kind="payment_refund",
        source=reversal["id"],
    )
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"]["data"].insert(0, reversal)
    tell(world, "transfer.reversed", transfer)
    return reversal


@endpoint("GET", "/v1/transfers/{id}/reversals")
def list_reversals(call: Call) -> Object:
    transfer = call.world.find("transfer", call.id)
    return page_of(call, transfer["reversals"]["data"], transfer["reversals"]["url"])


def _reversal(call: Call, transfer: Object, amount: int) -> Object:
    reversal_id = call.world.new_id("trr")
    return {
        "id": reversal_id,
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": move(
            call.world,
            owner=PLATFORM,
            currency=transfer["currency"],
            amount=amount,
            kind="transfer_refund",
            source=reversal_id,
        ),
        "created": call.world.now(),
        "currency": transfer["currency"],
        "metadata": call.metadata,
        "transfer": transfer["id"],
    }
