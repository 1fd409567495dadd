"""The verbs of this room."""

from __future__ import annotations

from creatorhub.sales.services.complete_attempt import complete_attempt, complete_due
from creatorhub.sales.services.correct_email import correct_email
from creatorhub.sales.services.expire_attempts import expire_attempt, expire_due_attempts
from creatorhub.sales.services.place_order import payment_page, place_order
from creatorhub.sales.services.record_sale import record_sale
from creatorhub.sales.services.refund_lines import refund_amounts, refund_lines
from creatorhub.sales.services.release_due import release_due
from creatorhub.sales.services.remind_late import remind_late
from creatorhub.sales.services.send_lines import send_lines
from creatorhub.sales.services.settle_refund import fail_refund, settle_refund

__all__ = [
    "complete_attempt",
    "complete_due",
    "correct_email",
    "expire_attempt",
    "expire_due_attempts",
    "fail_refund",
    "payment_page",
    "place_order",
    "record_sale",
    "refund_amounts",
    "refund_lines",
    "release_due",
    "remind_late",
    "send_lines",
    "settle_refund",
]
