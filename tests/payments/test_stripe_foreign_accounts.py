"""What happens in a recipient's own account is no payment of the market, whatever it says."""

from __future__ import annotations

from typing import Any

import pytest

from creatorhub.payments.event_registry import handler_of
from creatorhub.payments.stripe import events


def told(kind: str, **about: Any) -> dict[str, Any]:
    """An event in the account of somebody the market pays."""
    return {"id": "evt_1", "type": kind, "account": "acct_1", "data": {"object": about}}


@pytest.mark.parametrize(
    "event",
    [
        told("refund.failed", id="re_1", status="failed", metadata={"creatorhub_key": "refund:R1"}),
        told("checkout.session.completed", payment_status="paid", client_reference_id="100001"),
        told("charge.dispute.created", id="dp_1", charge="ch_1"),
    ],
    ids=lambda event: str(event["type"]),
)
def test_it_moves_no_money_of_ours(event: dict[str, Any]) -> None:
    heard = events.of_snapshot(event)
    assert handler_of(heard.type) is None
    assert heard.account == "acct_1"


def test_what_a_recipient_is_asked_for_is_heard() -> None:
    assert events.of_snapshot(told("account.updated", id="acct_1")).type == "recipient.updated"
    assert events.of_snapshot(told("payout.failed", id="po_1")).type == "recipient.payout_failed"
