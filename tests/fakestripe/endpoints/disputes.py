"""Disputes: a buyer's bank asks, takes the money, and decides."""

from __future__ import annotations

from tests.fakestripe.books import PLATFORM, move
from tests.fakestripe.endpoints.endpoint import Call, endpoint, page_of
from tests.fakestripe.happenings import tell
from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World

DAYS_TO_ANSWER = 7
DAY = 24 * 60 * 60
OPEN = {"warning_needs_response": "warning_under_review", "needs_response": "under_review"}


@endpoint("GET", "/v1/disputes/{dispute}")
def retrieve_dispute(call: Call) -> Object:
    return call.world.find("dispute", call.id)


@endpoint("GET", "/v1/disputes")
def list_disputes(call: Call) -> Object:
    charge = call.params.get("charge")
    rows = [row for row in call.world.all_of("dispute") if charge in (None, row["charge"])]
    return page_of(call, rows, "/v1/disputes")


@endpoint("POST", "/v1/disputes/{dispute}")
def update_dispute(call: Call) -> Object:
    dispute = call.world.find("dispute", call.id)
    if dispute["status"] not in OPEN:
        raise invalid("This dispute is already closed or under review.", param="evidence")
    dispute["evidence"] |= call.params.get("evidence") or {}
    dispute["metadata"] |= call.metadata
    details = dispute["evidence_details"]
    details["has_evidence"] = bool(call.params.get("evidence"))
    if call.params.get("submit", "true") == "true":
        details["submission_count"] += 1
        details["submission_method"] = "manual"
        dispute["status"] = OPEN[dispute["status"]]
    tell(call.world, "charge.dispute.updated", dispute)
    return dispute


def open_dispute(
    world: World, charge: Object, *, amount: int, reason: str, is_inquiry: bool
) -> Object:
    """The buyer's bank objects. An inquiry takes no money yet."""
    dispute = world.keep(_dispute(world, charge, amount, reason))
    dispute["status"] = "warning_needs_response" if is_inquiry else "needs_response"
    tell(world, "charge.dispute.created", dispute)
    if not is_inquiry:
        _take(world, dispute)
    return dispute


def escalate(world: World, dispute: Object) -> None:
    """The inquiry becomes a dispute: now the money goes."""
    dispute["status"] = "needs_response"
    tell(world, "charge.dispute.updated", dispute)
    _take(world, dispute)


def decide(world: World, dispute: Object, *, status: str) -> None:
    """The bank's word: "won", "lost", or "warning_closed" for an inquiry that led nowhere."""
    dispute["status"] = status
    if status == "won":
        _move(world, dispute, dispute["amount"], fee=0)
        world.find("charge", dispute["charge"])["disputed"] = False
        tell(world, "charge.dispute.funds_reinstated", dispute)
    tell(world, "charge.dispute.closed", dispute)


def _take(world: World, dispute: Object) -> None:
    world.find("charge", dispute["charge"])["disputed"] = True
    _move(world, dispute, -dispute["amount"], fee=world.habits.dispute_fee_minor)
    tell(world, "charge.dispute.funds_withdrawn", dispute)


def _move(world: World, dispute: Object, amount: int, *, fee: int) -> None:
    moved = move(
        world,
        owner=PLATFORM,
        currency=dispute["currency"],
        amount=amount,
        kind="adjustment",
        source=dispute["id"],
        fee=fee,
    )
    dispute["balance_transactions"].append(world.objects[moved])


def _dispute(world: World, charge: Object, amount: int, reason: str) -> Object:
    return {
        "id": world.new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": world.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": world.now() + DAYS_TO_ANSWER * DAY,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": world.habits.livemode,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }
