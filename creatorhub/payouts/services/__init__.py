"""The verbs of this room."""

from __future__ import annotations

from creatorhub.payouts.services.end_holds import end_due_holds
from creatorhub.payouts.services.guard_changes import hold_after_change, report_not_me
from creatorhub.payouts.services.mail_payout import mail_payout
from creatorhub.payouts.services.payees import close_hold, open_hold, payee_of
from creatorhub.payouts.services.run_payouts import run_payouts
from creatorhub.payouts.services.run_weekly import run_weekly
from creatorhub.payouts.services.send_payout import (
    look_up_unknown_payouts,
    send_payout,
    send_payout_message,
    settle_payout,
)

__all__ = [
    "close_hold",
    "end_due_holds",
    "hold_after_change",
    "look_up_unknown_payouts",
    "mail_payout",
    "open_hold",
    "payee_of",
    "report_not_me",
    "run_payouts",
    "run_weekly",
    "send_payout",
    "send_payout_message",
    "settle_payout",
]
