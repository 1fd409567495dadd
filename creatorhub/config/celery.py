"""The worker process. Messages only wake sweepers; rows are the truth."""

from __future__ import annotations

import os

from celery import Celery

from creatorhub.config.environment import ensure_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
ensure_database()

app = Celery("creatorhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(seconds: int, task: str) -> dict[str, object]:
    """A beat entry that is forgotten rather than piled up when the worker is behind."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


app.conf.beat_schedule = {
    "deliver the outbox": every(5, "creatorhub.outbox.tasks.deliver_due_messages"),
    "handle payment events": every(10, "creatorhub.payments.tasks.handle_due_events"),
    "complete paid attempts": every(30, "creatorhub.sales.tasks.complete_paid_attempts"),
    "expire unpaid attempts": every(60, "creatorhub.sales.tasks.expire_unpaid_attempts"),
    "settle shops' debts": every(60, "creatorhub.sales.tasks.settle_shops_debts"),
    "watch cash orders": every(600, "creatorhub.sales.tasks.watch_cash_orders"),
    "release due money": every(60, "creatorhub.sales.tasks.release_due_money"),
    "remind of late parcels": every(600, "creatorhub.sales.tasks.remind_of_late_parcels"),
    "watch refund requests": every(300, "creatorhub.sales.tasks.watch_refund_requests"),
    "refund unsent parcels": every(600, "creatorhub.sales.tasks.refund_unsent_parcels"),
    "run the week's payouts": every(600, "creatorhub.payouts.tasks.run_weekly_payouts"),
    "end holds that are over": every(60, "creatorhub.payouts.tasks.end_holds_that_are_over"),
    "refresh recipients": every(600, "creatorhub.payouts.tasks.refresh_due_recipients"),
    "check balances": every(3600, "creatorhub.payouts.tasks.check_balances"),
    "watch holds": every(600, "creatorhub.sales.tasks.watch_promised_dates"),
    "look up unknown payouts": every(300, "creatorhub.payouts.tasks.look_up_unknown_payouts"),
    "forget old limits": every(3600, "creatorhub.foundation.tasks.forget_old_throttle_windows"),
    "forget old salts": every(3600, "creatorhub.social_share.tasks.forget_old_salts"),
}
