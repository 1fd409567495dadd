"""Every code that may hold money has words for why, and for what ends it."""

from __future__ import annotations

import pytest
from django.utils import translation

from creatorhub.foundation.reasons import (
    UnknownReasonError,
    all_reasons,
    reason,
    register_reason,
)

NEEDED = {
    "awaiting_shipment",
    "refund_window",
    "below_minimum",
    "payee_hold",
    "changed_destination",
    "payout_failed",
    "amount_differs",
    "currency_differs",
    "paid_after_expiry",
    "buyer_changed_mind",
    "item_unavailable",
    "damaged",
    "not_as_described",
    "taken_down",
    "refunded",
    "self_purchase",
}


def test_every_needed_reason_has_both_sentences() -> None:
    known = {one.code: one for one in all_reasons()}
    assert known.keys() >= NEEDED
    with translation.override("en"):
        for one in known.values():
            assert str(one.text).endswith("."), one.code
            assert str(one.ends).endswith("."), one.code


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownReasonError):
        reason("because")


def test_rooms_may_bring_their_own() -> None:
    register_reason("test_only", "Why.", "What ends it.")
    assert reason("test_only").text == "Why."
