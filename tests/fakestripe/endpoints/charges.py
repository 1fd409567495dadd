"""Payment intents and charges: what a buyer's card did."""

from __future__ import annotations

from typing import Any

from tests.fakestripe.books import PLATFORM, move
from tests.fakestripe.endpoints.endpoint import Call, endpoint
from tests.fakestripe.happenings import tell
from tests.fakestripe.world import Object, World

BPS = 10_000


@endpoint("GET", "/v1/payment_intents/{intent}")
def retrieve_intent(call: Call) -> Object:
    return call.world.find("payment_intent", call.id)


@endpoint("GET", "/v1/charges/{charge}")
def retrieve_charge(call: Call) -> Object:
    return call.world.find("charge", call.id)


def make_intent(world: World, *, amount: int, currency: str, asked: dict[str, Any]) -> Object:
    """What a session makes when its buyer presses Pay. `asked` is its payment_intent_data."""
    intent_id = world.new_id("pi")
    return world.keep(
        {
            "id": intent_id,
            "object": "payment_intent",
            "amount": amount,
            "amount_capturable": 0,
            "amount_received": 0,
            "application_fee_amount": asked.get("application_fee_amount"),
            "capture_method": asked.get("capture_method", "automatic_async"),
            "client_secret": f"{intent_id}_secret",
            "confirmation_method": "automatic",
            "created": world.now(),
            "currency": currency,
            "description": asked.get("description"),
            "last_payment_error": None,
            "latest_charge": None,
            "livemode": world.habits.livemode,
            "metadata": asked.get("metadata") or {},
            "next_action": None,
            "on_behalf_of": asked.get("on_behalf_of"),
            "payment_method_types": ["card"],
            "status": "requires_payment_method",
            "transfer_group": asked.get("transfer_group"),
        }
    )


def succeed(world: World, intent: Object) -> Object:
    """The money came: a charge, pending on the platform's balance for some days."""
    charge = world.keep(_charge(world, intent))
    habits = world.habits
    movement = move(
        world,
        owner=PLATFORM,
        currency=habits.settles_in or intent["currency"],
        amount=intent["amount"],
        kind="charge",
        source=charge["id"],
        fee=intent["amount"] * habits.fee_bps // BPS + habits.fee_minor,
        is_available=False,
    )
    # Captured later, the charge does not name its movement yet.
    if intent["capture_method"] == "automatic":
        charge["balance_transaction"] = movement
    intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"])
    tell(world, "charge.succeeded", charge)
    tell(world, "payment_intent.succeeded", intent)
    return charge


def fail(world: World, intent: Object) -> None:
    """The bank said no; the buyer may try another card."""
    intent.update(
        status="requires_payment_method",
        last_payment_error={
            "type": "card_error",
            "code": "card_declined",
            "decline_code": "generic_decline",
            "message": "Your card was declined.",
        },
    )
    tell(world, "payment_intent.payment_failed", intent)


def _charge(world: World, intent: Object) -> Object:
    return {
        "id": world.new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"address": None, "email": None, "name": None, "phone": None},
        "captured": True,
        "created": world.now(),
        "currency": intent["currency"],
        "disputed": False,
        "livemode": world.habits.livemode,
        "metadata": intent["metadata"],
        "paid": True,
        "payment_intent": intent["id"],
        "refunded": False,
        "status": "succeeded",
        "transfer_group": intent["transfer_group"],
        "_transferred": 0,
    }
