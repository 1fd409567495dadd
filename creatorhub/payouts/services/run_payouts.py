"""Paying everybody what the book owes them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import Account, Posting
from creatorhub.ledger.services import lock_accounts, post_entry
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.due import PAYABLE, Due, judge, what_is_due
from creatorhub.payouts.models import Payee, PayeeHold, Payout, PayoutRun

Skip = dict[str, object]


def run_payouts(*, key: str, actor: Any = None, moment: dt.datetime | None = None) -> PayoutRun:
    """One run per key, however often it is asked for; two runs at once pay everybody once.

    Each payee and currency is one transaction under the lock of their payable account. The money
    leaves later, through the outbox.
    """
    run = _open_run(key, actor, moment or now())
    if run.finished_at:
        return run
    skipped = []
    for due in what_is_due():
        skip = _pay(run, due.payee, due.amount.currency)
        if skip:
            skipped.append(skip)
    return _finish(run, skipped)


@transaction.atomic(durable=True)
def _open_run(key: str, actor: Any, moment: dt.datetime) -> PayoutRun:
    run, is_new = PayoutRun.objects.get_or_create(
        key=key, defaults={"started_at": moment, "started_by": actor}
    )
    if is_new:
        audit.record(action="payouts.run", subject=f"payout_run:{key}", actor=actor)
    return run


@transaction.atomic(durable=True)
def _pay(run: PayoutRun, payee: Payee, currency: str) -> Skip | None:
    """Pay one payee in one currency what is owed now; or say why not; None when settled."""
    account = _lock_payable(payee, currency)
    if not account.balance_minor or _is_in_run(run, payee, currency):
        return None
    hold = PayeeHold.objects.filter(payee=payee, closed_at=None).first()
    due = judge(payee=payee, amount=Money(account.balance_minor, currency), hold=hold)
    if due.reason_code:
        return _skip(due)
    _send_later(_write_payout(run, due, account))
    return None


def _lock_payable(payee: Payee, currency: str) -> Account:
    """Every posting to this account waits for the same lock: the balance cannot move."""
    ref = AccountRef(PAYABLE, payee.ledger_owner)
    return lock_accounts(refs=[ref], currency=currency)[ref.code]


def _is_in_run(run: PayoutRun, payee: Payee, currency: str) -> bool:
    return Payout.objects.filter(run=run, payee=payee, currency=currency).exists()


def _write_payout(run: PayoutRun, due: Due, account: Account) -> Payout:
    """The postings since the last payout, and the entry that takes them off the book."""
    last = (
        Payout.objects.filter(payee=due.payee, currency=account.currency)
        .order_by("-until_posting_id")
        .values_list("until_posting_id", flat=True)
        .first()
    )
    payout = Payout.objects.create(
        run=run,
        payee=due.payee,
        currency=account.currency,
        amount_minor=due.amount.minor,
        after_posting_id=last or 0,
        until_posting=Posting.objects.filter(account=account).latest("id"),
        rail=due.payee.rail,
        created_at=now(),
    )
    about = {"kind": "payout", "payout": payout.pk, "rail": payout.rail}
    post_entry(
        kind="payout",
        reference=f"payout:{payout.pk}",
        idempotency_key=f"payout:{payout.pk}",
        lines=[
            debit(AccountRef(PAYABLE, due.payee.ledger_owner), due.amount, **about),
            credit(AccountRef("processor_balance"), due.amount, **about),
        ],
    )
    return payout


def _send_later(payout: Payout) -> None:
    enqueue(topic="payouts.send", key=f"payout:{payout.pk}", payload={"payout": payout.pk})


def _skip(due: Due) -> Skip:
    return {
        "payee": due.payee.pk,
        "currency": due.amount.currency,
        "minor": due.amount.minor,
        "reason_code": due.reason_code,
    }


@transaction.atomic(durable=True)
def _finish(run: PayoutRun, skipped: list[Skip]) -> PayoutRun:
    """Keep why anything waited; of two racing sweeps of one run the first one's word stays."""
    PayoutRun.objects.filter(pk=run.pk, finished_at=None).update(skipped=skipped, finished_at=now())
    run.refresh_from_db()
    return run
