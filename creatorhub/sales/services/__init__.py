"""The verbs of this room."""

from __future__ import annotations

from creatorhub.sales.services.answer_refund_request import (
    accept_refund_request,
    decide_refund_request,
    decline_refund_request,
)
from creatorhub.sales.services.complete_attempt import complete_attempt, complete_due
from creatorhub.sales.services.correct_email import correct_email
from creatorhub.sales.services.escalate_refund_request import (
    escalate_refund_request,
    escalate_unanswered,
    remind_of_requests,
)
from creatorhub.sales.services.expire_attempts import expire_attempt, expire_due_attempts
from creatorhub.sales.services.make_good import repeat_refund
from creatorhub.sales.services.open_refund_request import (
    open_refund_request,
    withdraw_refund_request,
)
from creatorhub.sales.services.place_order import payment_page, place_order
from creatorhub.sales.services.record_sale import record_sale
from creatorhub.sales.services.refund_lines import refund_amounts, refund_lines, refund_parts
from creatorhub.sales.services.refund_unsent import refund_unsent
from creatorhub.sales.services.release_due import release_due
from creatorhub.sales.services.remind_late import remind_late
from creatorhub.sales.services.return_payment import repeat_return
from creatorhub.sales.services.send_lines import send_lines
from creatorhub.sales.services.settle_quarantine import (
    complete_quarantined,
    put_aside,
    return_quarantined,
)
from creatorhub.sales.services.settle_refund import fail_refund, settle_refund

__all__ = [
    "accept_refund_request",
    "complete_attempt",
    "complete_due",
    "complete_quarantined",
    "correct_email",
    "decide_refund_request",
    "decline_refund_request",
    "escalate_refund_request",
    "escalate_unanswered",
    "expire_attempt",
    "expire_due_attempts",
    "fail_refund",
    "open_refund_request",
    "payment_page",
    "place_order",
    "put_aside",
    "record_sale",
    "refund_amounts",
    "refund_lines",
    "refund_parts",
    "refund_unsent",
    "release_due",
    "remind_late",
    "remind_of_requests",
    "repeat_refund",
    "repeat_return",
    "return_quarantined",
    "send_lines",
    "settle_refund",
    "withdraw_refund_request",
]
