"""Checkout Sessions: the hosted pages where buyers pay."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from tests.fakestripe.books import amount_of
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World

SHORTEST_LIFE = 30 * 60
LONGEST_LIFE = 24 * 60 * 60
# A request is on its way for a moment; Stripe is as lenient.
TRAVEL_TIME = 60


@endpoint("POST", "/v1/checkout/sessions")
def create_session(call: Call) -> Object:
    world, params = call.world, call.params
    if params.get("mode") != "payment" or params.get("ui_mode") != "hosted_page":
        raise invalid("The fake knows one-time payments on a hosted page only.", param="mode")
    _must_be_address(params, "success_url")
    lines = params.get("line_items") or []
    if not lines:
        raise invalid("You must provide line_items.", param="line_items")
    return world.keep(_session(call, *_price(lines)))


@endpoint("GET", "/v1/checkout/sessions/{session}")
def retrieve_session(call: Call) -> Object:
    return session_now(call.world, call.id)


@endpoint("GET", "/v1/checkout/sessions")
def list_sessions(call: Call) -> Object:
    email = call.params.get("customer_details", {}).get("email")
    since = int(call.params.get("created", {}).get("gte", 0))
    rows = [
        session_now(call.world, session["id"])
        for session in call.world.all_of("checkout.session")
        if session["created"] >= since and email in (None, session["customer_email"])
    ]
    return page_of(call, rows, "/v1/checkout/sessions")


@endpoint("POST", "/v1/checkout/sessions/{session}/expire")
def expire_session(call: Call) -> Object:
    session = session_now(call.world, call.id)
    if session["status"] != "open":
        raise invalid(
            f'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of `{session['status']}`."
        )
    return close(call.world, session)


def session_now(world: World, session_id: str) -> Object:
    """The session, closed if its time ran out meanwhile."""
    session = world.find("checkout.session", session_id)
    if session["status"] == "open" and session["expires_at"] <= world.now():
        close(world, session)
    return session


def close(world: World, session: Object) -> Object:
    session.update(status="expired", url=None)
    tell(world, "checkout.session.expired", session)
    return session


def _price(lines: list[dict[str, Any]]) -> tuple[str, int]:
    """One currency, and the sum; each unit may be free, the whole may not."""
    currencies = {line["price_data"]["currency"] for line in lines}
    if len(currencies) != 1:
        raise invalid("All prices must be in the same currency.", param="line_items")
    currency = str(currencies.pop())
    units = [int(line["price_data"]["unit_amount"]) for line in lines]
    if min(units) < 0:
        raise invalid("Invalid non-negative integer", param="line_items[0][unit_amount]")
    total = sum(
        unit * int(line.get("quantity", 1)) for unit, line in zip(units, lines, strict=True)
    )
    return currency, amount_of(str(total), currency, is_charge=True)


def _end(call: Call) -> int:
    """When the page closes; the longest life when nothing was asked for."""
    now = call.world.now()
    end = int(call.params.get("expires_at", now + LONGEST_LIFE))
    if end < now + SHORTEST_LIFE - TRAVEL_TIME:
        raise invalid(
            "The `expires_at` timestamp must be at least 30 minutes from Checkout "
            "Session creation.",
            param="expires_at",
        )
    if end > now + LONGEST_LIFE + TRAVEL_TIME:
        raise invalid(
            "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.",
            param="expires_at",
        )
    return end


def _must_be_address(params: dict[str, Any], name: str) -> None:
    if urlsplit(params.get(name, "")).scheme not in {"http", "https"}:
        raise invalid("Not a valid URL", code="url_invalid", param=name)


def _session(call: Call, currency: str, total: int) -> Object:
    world, params = call.world, call.params
    session_id = world.new_id("cs_test")
    return {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": {
            "enabled": params.get("adaptive_pricing", {}).get("enabled") == "true"
        },
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": world.now(),
        "currency": currency,
        "custom_fields": [],
        "custom_text": {},
        "customer": None,
        "customer_email": params.get("customer_email"),
        "expires_at": _end(call),
        "livemode": world.habits.livemode,
        "locale": params.get("locale"),
        "metadata": call.metadata,
        "mode": "payment",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "success_url": params["success_url"],
        "ui_mode": "hosted_page",
        "url": f"{world.address}/pay/{session_id}",
        "_payment": params.get("payment_intent_data") or {},
        "_lines": params["line_items"],
    }
