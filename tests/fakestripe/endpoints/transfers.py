"""Transfers: from the platform's balance to a recipient's."""

from __future__ import annotations

from tests.fakestripe.books import PLATFORM, amount_of, held, move
from tests.fakestripe.endpoints.accounts import can_receive
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object


@endpoint("POST", "/v1/transfers")
def create_transfer(call: Call) -> Object:
    world, currency = call.world, call.text("currency")
    amount = amount_of(call.text("amount"), currency)
    account = world.find("v2.core.account", call.text("destination"))
    if not can_receive(account):
        raise invalid(
            "Your destination account needs to have at least one of the following capabilities "
            "enabled: transfers, crypto_transfers, legacy_payments",
            code="insufficient_capabilities_for_transfer",
        )
    charge = _take_from_charge(call, amount) if "source_transaction" in call.params else None
    if (
        charge is None
        and held(world, owner=PLATFORM, currency=currency, status="available") < amount
    ):
        raise invalid(
            "You have insufficient available funds in your Stripe account.",
            code="balance_insufficient",
        )
    transfer = world.keep(_transfer(call, amount, charge))
    transfer["balance_transaction"] = move(
        world,
        owner=PLATFORM,
        currency=currency,
        amount=-amount,
        kind="transfer",
        source=transfer["id"],
    )
    move(
        world,
        owner=account["id"],
        currency=currency,
        amount=amount,
        kind="payment",
        source=transfer["id"],
        is_available=charge is None,
    )
    tell(world, "transfer.created", transfer)
    return transfer


@endpoint("GET", "/v1/transfers/{transfer}")
def retrieve_transfer(call: Call) -> Object:
    return call.world.find("transfer", call.id)


@endpoint("GET", "/v1/transfers")
def list_transfers(call: Call) -> Object:
    group, destination = call.params.get("transfer_group"), call.params.get("destination")
    rows = [
        transfer
        for transfer in call.world.all_of("transfer")
        if group in (None, transfer["transfer_group"])
        and destination in (None, transfer["destination"])
    ]
    return page_of(call, rows, "/v1/transfers")


def _take_from_charge(call: Call, amount: int) -> Object:
    """A transfer from a charge waits for the charge's money, and is never more than the charge."""
    charge = call.world.find("charge", call.text("source_transaction"))
    if charge["_transferred"] + amount > charge["amount"]:
        raise invalid(
            "Transfers using this transaction as a source must not exceed the source amount.",
            param="amount",
        )
    charge["_transferred"] += amount
    return charge


def _transfer(call: Call, amount: int, charge: Object | None) -> Object:
    transfer_id = call.world.new_id("tr")
    return {
        "id": transfer_id,
        "object": "transfer",
        "amount": amount,
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": call.world.now(),
        "currency": call.text("currency"),
        "description": call.params.get("description"),
        "destination": call.text("destination"),
        "livemode": call.world.habits.livemode,
        "metadata": call.metadata,
        "reversals": {
            "object": "list",
            "data": [],
            "has_more": False,
            "url": f"/v1/transfers/{transfer_id}/reversals",
        },
        "reversed": False,
        "source_transaction": charge and charge["id"],
        "source_type": "card",
        "transfer_group": call.params.get("transfer_group") or (charge or {}).get("transfer_group"),
    }
