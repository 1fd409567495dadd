"""What Stripe's events mean here. Only ids are kept: handlers ask for the object itself."""

from __future__ import annotations

from typing import Any

from creatorhub.payments.gateway import GatewayEvent
from creatorhub.payments.stripe.asked import KEY
from creatorhub.payments.stripe.told import REFUND_STATES, Told

REFUND_KEY = "refund:"
LONGEST_TYPE = 80

DISPUTE_EVENTS = {
    "charge.dispute.created": "dispute.opened",
    "charge.dispute.updated": "dispute.updated",
    "charge.dispute.funds_withdrawn": "dispute.updated",
    "charge.dispute.funds_reinstated": "dispute.updated",
    "charge.dispute.closed": "dispute.closed",
}
PAID_EVENTS = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
REFUND_EVENTS = {"refund.created", "refund.updated", "refund.failed"}
RECIPIENT_EVENTS = {"account.updated", "account.application.deauthorized", "capability.updated"}
THIN_RECIPIENT_EVENTS = "v2.core.account"


def of_snapshot(event: Told) -> GatewayEvent:
    """An event of API v1 in our words; in Stripe's own when we have none for it."""
    kind, about = event["type"], event["data"]["object"]
    account = event.get("account") or ""
    words, data = _in_our_words(kind, about, account)
    return GatewayEvent(event_id=event["id"], type=words[:LONGEST_TYPE], account=account, data=data)


def of_notification(event: Told) -> GatewayEvent:
    """A thin event of API v2: it names an object and says nothing of it."""
    kind, about = event["type"], event.get("related_object") or {}
    is_recipient = about.get("type") == THIN_RECIPIENT_EVENTS
    words = "recipient.updated" if is_recipient else kind
    data = {"recipient": about["id"]} if is_recipient else {"object": about.get("id", "")}
    return GatewayEvent(
        event_id=event["id"],
        type=words[:LONGEST_TYPE],
        account=event.get("context") or "",
        data={**data, "told": kind},
    )


def _in_our_words(kind: str, about: Told, account: str) -> tuple[str, dict[str, Any]]:
    if account:
        return _of_recipient(kind, about, account)
    if kind in PAID_EVENTS and about["payment_status"] == "paid":
        return "checkout.paid", {"reference": about["client_reference_id"]}
    if kind in REFUND_EVENTS and _is_our_refund(about):
        return _refund(about)
    if kind in DISPUTE_EVENTS:
        return DISPUTE_EVENTS[kind], {"dispute": about["id"], "payment": about["charge"]}
    return kind, {"object": about.get("id", "")}


def _of_recipient(kind: str, about: Told, account: str) -> tuple[str, dict[str, Any]]:
    """What happens in a recipient's own account is no payment of ours, whatever it calls itself."""
    if kind in RECIPIENT_EVENTS:
        return "recipient.updated", {"recipient": account}
    if kind == "payout.failed":
        return "recipient.payout_failed", {"recipient": account}
    return f"{kind}.elsewhere", {"object": about.get("id", "")}


def _is_our_refund(about: Told) -> bool:
    """A refund made by hand in Stripe's dashboard carries no key of ours."""
    return str((about.get("metadata") or {}).get(KEY, "")).startswith(REFUND_KEY)


def _refund(about: Told) -> tuple[str, dict[str, Any]]:
    state = REFUND_STATES[about["status"]]
    words = {"succeeded": "refund.succeeded", "failed": "refund.failed"}.get(state)
    reference = about["metadata"][KEY].removeprefix(REFUND_KEY)
    return words or "refund.requested", {"refund": reference, "object": about["id"]}
