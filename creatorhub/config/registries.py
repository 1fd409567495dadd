"""Who answers what: the one place where rooms are introduced to each other by name."""

from __future__ import annotations

from creatorhub.config.payment_events import ANSWERS
from creatorhub.ledger import invariants as book
from creatorhub.offers import invariants as stock
from creatorhub.operations.invariants import register_invariant
from creatorhub.outbox import registry as outbox
from creatorhub.outbox.mail import send_mail_message
from creatorhub.outbox.services import MAIL, deliver_due
from creatorhub.payments import event_registry
from creatorhub.payments import invariants as payments
from creatorhub.payments.sandbox.time import after_time_passes
from creatorhub.payments.services import handle_due_events
from creatorhub.payouts import invariants as payouts
from creatorhub.payouts import mail as payout_mail
from creatorhub.payouts.services.check_balance import check_balances
from creatorhub.payouts.services.end_holds import end_due_holds
from creatorhub.payouts.services.mail_payout import mail_payout
from creatorhub.payouts.services.onboard_recipient import refresh_due_recipients
from creatorhub.payouts.services.recover_transfers import recover_message
from creatorhub.payouts.services.send_payout import look_up_unknown_payouts, send_payout_message
from creatorhub.sales import (
    cash_invariants,
    cash_mail,
    dispute_mail,
    fee_invariants,
    mail,
    refund_invariants,
    refund_mail,
)
from creatorhub.sales import dispute_invariants as disputes
from creatorhub.sales import invariants as sales
from creatorhub.sales import services as sales_services
from creatorhub.sales.refund_requests import send_refund_request
from creatorhub.sales.services.answer_dispute import send_answer
from creatorhub.sales.services.judge_collecting import judge_collecting
from creatorhub.sales.services.settle_debts import settle_debts
from creatorhub.sales.services.watch_cash import watch_cash
from creatorhub.sales.services.watch_holds import watch_holds
from creatorhub.shops.services.import_products import fetch_pictures, run_import
from creatorhub.social_share.cards import drawing

# Effects inside their message's transaction.
HANDLERS: dict[str, outbox.Handler] = {
    MAIL: send_mail_message,
    drawing.TOPIC: drawing.draw_card,
    run_import.RUN_IMPORT: run_import.continue_import,
    "mail.receipt": mail.mail_receipt,
    "mail.sold": mail.mail_sold,
    "mail.sent": mail.mail_sent,
    "mail.ship_reminder": mail.mail_ship_reminder,
    "mail.refunded": mail.mail_refunded,
    "mail.refund_failed": mail.mail_refund_failed,
    "mail.refund_asked": refund_mail.mail_refund_asked,
    "mail.refund_reminder": refund_mail.mail_refund_reminder,
    "mail.refund_withdrawn": refund_mail.mail_refund_withdrawn,
    "mail.refund_declined": refund_mail.mail_refund_declined,
    "mail.refund_escalated": refund_mail.mail_refund_escalated,
    "mail.refund_decided": refund_mail.mail_refund_decided,
    "mail.not_sent": refund_mail.mail_not_sent,
    "mail.payment_returned": refund_mail.mail_payment_returned,
    "mail.return_failed": refund_mail.mail_return_failed,
    "mail.return_repeated": refund_mail.mail_return_repeated,
    "mail.commission": mail.mail_commission,
    "mail.cash_placed": cash_mail.mail_cash_placed,
    "mail.cash_to_send": cash_mail.mail_cash_to_send,
    "mail.cash_refused": cash_mail.mail_cash_refused,
    "mail.cash_reminder": cash_mail.mail_cash_reminder,
    "mail.cash_escalated": cash_mail.mail_cash_escalated,
    "mail.transfer_due": cash_mail.mail_transfer_due,
    "mail.receipt_sent": cash_mail.mail_receipt_sent,
    "mail.transfer_denied": cash_mail.mail_transfer_denied,
    "mail.transfer_ended": cash_mail.mail_transfer_ended,
    "mail.hand_refund_due": cash_mail.mail_hand_refund_due,
    "mail.refund_given": cash_mail.mail_refund_given,
    "mail.refund_contested": cash_mail.mail_refund_contested,
    "mail.collecting_changed": cash_mail.mail_collecting_changed,
    "mail.dispute": dispute_mail.mail_dispute,
    "mail.sale_frozen": dispute_mail.mail_sale_frozen,
    "mail.payee_frozen": dispute_mail.mail_payee_frozen,
    "mail.appeal_asked": dispute_mail.mail_appeal_asked,
    "mail.appeal_answered": dispute_mail.mail_appeal_answered,
    "mail.overdue": dispute_mail.mail_overdue,
    "mail.payout": mail_payout,
    "mail.requirements": payout_mail.mail_requirements,
    "mail.bank_refused": payout_mail.mail_bank_refused,
    "mail.balance_differs": payout_mail.mail_balance_differs,
}

# Effects that call somebody outside: no transaction is open.
OUTBOUND: dict[str, outbox.Handler] = {
    "payments.refund": send_refund_request,
    "disputes.answer": send_answer,
    "payouts.send": send_payout_message,
    "payouts.recover": recover_message,
    fetch_pictures.FETCH_PICTURE: fetch_pictures.fetch_picture,
}

INVARIANTS = {
    "ledger": (
        book.unbalanced_entries,
        book.unbalanced_currencies,
        book.wrong_balances,
        book.empty_entries,
        book.negative_payee_balances,
    ),
    "payments": (
        payments.paid_without_completion,
        payments.refunded_more_than_paid,
        payments.completed_without_payment,
        payments.payment_counted_twice,
    ),
    "offers": (
        stock.stock_out_of_bounds,
        stock.stock_held_by_nobody,
        stock.stock_held_after_the_end,
    ),
    "payouts": (
        payouts.paid_more_than_released,
        payouts.overlapping_ranges,
        payouts.payouts_that_do_not_add_up,
        payouts.payouts_without_their_entry,
        payouts.settled_without_word,
        payouts.parts_that_do_not_add_up,
        payouts.charges_drawn_beyond_themselves,
        payouts.reversals_that_do_not_add_up,
        payouts.batches_that_differ_from_their_payouts,
        payouts.postings_without_words,
    ),
    "cash": (
        cash_invariants.cash_orders_in_two_minds,
        cash_invariants.shops_collect_by_both_words,
        cash_invariants.debts_that_are_not_their_shares,
        cash_invariants.commissions_paid_by_nobody,
        cash_invariants.nothing_left_of_what_was_not_taken,
        cash_invariants.hand_refunds_without_their_hand,
        cash_invariants.unplaced_offline_orders,
    ),
    "fees": (fee_invariants.fees_without_their_entry,),
    "refunds": (
        refund_invariants.pieces_that_do_not_add_up,
        refund_invariants.requests_nobody_answers,
        refund_invariants.money_asked_back_that_moves,
        refund_invariants.returned_payments_without_their_entries,
    ),
    "sales": (
        sales.orders_without_their_payment,
        sales.payments_without_their_sale,
        sales.orders_that_do_not_add_up,
        sales.sales_that_do_not_add_up,
        sales.lines_that_owe_their_shop,
        sales.money_held_by_nobody,
        sales.money_that_waits_for_no_reason,
        sales.commissions_that_differ_from_their_line,
        sales.commissions_their_adjustments_do_not_explain,
        sales.refunds_that_do_not_add_up,
        sales.events_without_their_entry,
        sales.grants_of_nothing_paid,
        sales.stock_held_by_closed_orders,
        disputes.money_in_review_of_no_dispute,
        disputes.disputes_without_their_entries,
        disputes.disputes_in_two_minds,
        disputes.disputed_money_that_does_not_wait,
        disputes.commissions_that_wait_for_no_reason,
    ),
}


# What the worker does by itself within a minute; the sandbox does it after each day it lets pass.
SWEEPS = (
    handle_due_events,
    sales_services.complete_due,
    sales_services.expire_due_attempts,
    settle_debts,
    judge_collecting,
    watch_cash,
    sales_services.release_due,
    sales_services.remind_late,
    sales_services.remind_of_requests,
    sales_services.escalate_unanswered,
    sales_services.refund_unsent,
    end_due_holds,
    watch_holds,
    look_up_unknown_payouts,
    refresh_due_recipients,
    check_balances,
    deliver_due,
)


def fill() -> None:
    """Called once when Django is ready."""
    for topic, handler in HANDLERS.items():
        outbox.register_handler(topic, handler)
    for topic, handler in OUTBOUND.items():
        outbox.register_outbound(topic, handler)
    for event_type, answer in ANSWERS.items():
        event_registry.register(event_type, answer)
    for room, looks in INVARIANTS.items():
        for look in looks:
            register_invariant(room, look)
    for sweep in SWEEPS:
        after_time_passes(sweep)
