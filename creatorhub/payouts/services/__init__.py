"""The verbs of this room."""

from __future__ import annotations

from creatorhub.payouts.services.change_destination import change_destination
from creatorhub.payouts.services.change_schedule import change_schedule
from creatorhub.payouts.services.check_balance import check_balances
from creatorhub.payouts.services.decide_batch import (
    approve_batch,
    hand_over_batch,
    prepare_batch,
    refuse_batch,
)
from creatorhub.payouts.services.end_holds import end_due_holds
from creatorhub.payouts.services.guard_changes import hold_after_change, report_not_me
from creatorhub.payouts.services.mail_payout import mail_payout
from creatorhub.payouts.services.onboard_recipient import (
    refresh_due_recipients,
    refresh_recipient,
    start_onboarding,
)
from creatorhub.payouts.services.payees import close_hold, open_hold, payee_of
from creatorhub.payouts.services.recover_transfers import ask_recovery, recover
from creatorhub.payouts.services.run_payouts import run_payouts
from creatorhub.payouts.services.run_weekly import run_weekly
from creatorhub.payouts.services.save_bank_account import save_bank_account
from creatorhub.payouts.services.send_payout import (
    look_up_unknown_payouts,
    send_payout,
    send_payout_message,
    settle_payout,
)
from creatorhub.payouts.services.set_country import set_country
from creatorhub.payouts.services.settle_by_hand import mark_paid, mark_returned

__all__ = [
    "approve_batch",
    "ask_recovery",
    "change_destination",
    "change_schedule",
    "check_balances",
    "close_hold",
    "end_due_holds",
    "hand_over_batch",
    "hold_after_change",
    "look_up_unknown_payouts",
    "mail_payout",
    "mark_paid",
    "mark_returned",
    "open_hold",
    "payee_of",
    "prepare_batch",
    "recover",
    "refresh_due_recipients",
    "refresh_recipient",
    "refuse_batch",
    "report_not_me",
    "run_payouts",
    "run_weekly",
    "save_bank_account",
    "send_payout",
    "send_payout_message",
    "set_country",
    "settle_payout",
    "start_onboarding",
]
