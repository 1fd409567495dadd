"""What the platform has, and every movement that made it so."""

from __future__ import annotations

from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.world import Object


@endpoint("GET", "/v1/balance")
def retrieve_balance(call: Call) -> Object:
    return {
        "object": "balance",
        "available": _side(call, "available"),
        "livemode": call.world.habits.livemode,
        "pending": _side(call, "pending"),
    }


@endpoint("GET", "/v1/balance_transactions")
def list_movements(call: Call) -> Object:
    kind, source = call.params.get("type"), call.params.get("source")
    rows = [
        row
        for row in call.world.all_of("balance_transaction")
        if row["_owner"] == call.account
        and kind in (None, row["type"])
        and source in (None, row["source"])
    ]
    return page_of(call, rows, "/v1/balance_transactions")


def _side(call: Call, side: str) -> list[Object]:
    return [
        {"amount": minor, "currency": currency, "source_types": {"card": minor}}
        for (owner, currency, status), minor in sorted(call.world.balances.items())
        if owner == call.account and status == side
    ]
