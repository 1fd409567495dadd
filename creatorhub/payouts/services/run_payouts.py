"""Paying everybody what the book owes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, Pair
from creatorhub.ledger.models import Account
from creatorhub.ledger.services import lock_accounts, post_pairs
from creatorhub.outbox.services import enqueue_all
from creatorhub.payouts.due import PAYABLE, Due, judge_accounts, owed_accounts
from creatorhub.payouts.models import Payout, PayoutRun
from creatorhub.payouts.rails.purse import purse_of
from creatorhub.payouts.ranges import unpaid_ranges

# Some rails pay from the processor, some from the bank; both are locked before anybody is judged.
PURSES = (AccountRef("bank"), AccountRef("processor_balance"))

# So many payees share a transaction: few enough that no sale waits long for their locks.
AT_ONCE = 1000

Skip = dict[str, object]


def run_payouts(*, key: str, actor: Any = None, moment: dt.datetime | None = None) -> PayoutRun:
    """One run per key, however often it is asked for; two runs at once pay everybody once.

    A thousand payees of one currency are one transaction under the locks of their payable
    accounts. The money leaves later, through the outbox.
    """
    run = _open_run(key, actor, moment or now())
    if run.finished_at:
        return run
    skipped = [skip for currency, owners in _batches() for skip in _pay(run, currency, owners)]
    return _finish(run, skipped)


@transaction.atomic(durable=True)
def _open_run(key: str, actor: Any, moment: dt.datetime) -> PayoutRun:
    run, is_new = PayoutRun.objects.get_or_create(
        key=key, defaults={"started_at": moment, "started_by": actor}
    )
    if is_new:
        audit.record(action="payouts.run", subject=f"payout_run:{key}", actor=actor)
    return run


def _batches() -> Iterator[tuple[str, list[str]]]:
    """Whose account has something in it, by currency, so many at once."""
    owed = owed_accounts().order_by("currency", "owner").values_list("currency", "owner")
    for currency, rows in groupby(list(owed), key=itemgetter(0)):
        owners = [owner for _, owner in rows]
        for start in range(0, len(owners), AT_ONCE):
            yield currency, owners[start : start + AT_ONCE]


@transaction.atomic(durable=True)
def _pay(run: PayoutRun, currency: str, owners: Sequence[str]) -> list[Skip]:
    """Pay these payees what they are owed now; says who was left out, and why.

    Every posting to a payable account waits for the lock taken here: no balance can move.
    """
    payable = [AccountRef(PAYABLE, owner) for owner in owners]
    accounts = lock_accounts(refs=[*payable, *PURSES], currency=currency)
    in_run = set(
        Payout.objects.filter(run=run, currency=currency).values_list("payee_id", flat=True)
    )
    waiting = [accounts[ref.code] for ref in payable if int(ref.owner) not in in_run]
    dues = judge_accounts(account for account in waiting if account.balance_minor > 0)
    _write_payouts(run, [due for due in dues if due.is_payable], accounts)
    return [_skip(due) for due in dues if not due.is_payable]


def _write_payouts(run: PayoutRun, dues: Sequence[Due], accounts: Mapping[str, Account]) -> None:
    """For each payee the postings since their last payout, the entry that takes them off the
    book, and the message that sends the money.
    """
    codes = {due: AccountRef(PAYABLE, due.payee.ledger_owner).code for due in dues}
    ranges = unpaid_ranges(accounts=[accounts[code] for code in codes.values()])
    payouts = Payout.objects.bulk_create(
        Payout(
            run=run,
            payee=due.payee,
            currency=due.amount.currency,
            amount_minor=due.amount.minor,
            after_posting_id=ranges[due.payee.ledger_owner].after,
            until_posting_id=ranges[due.payee.ledger_owner].until,
            rail=due.payee.rail,
            destination=due.payee.destination,
            created_at=now(),
        )
        for due in dues
    )
    post_pairs(kind="payout", pairs=[_pair(payout) for payout in payouts], accounts=accounts)
    enqueue_all(
        topic="payouts.send",
        payloads={f"payout:{payout.pk}": {"payout": payout.pk} for payout in payouts},
    )


def _pair(payout: Payout) -> Pair:
    return Pair(
        reference=f"payout:{payout.pk}",
        idempotency_key=f"payout:{payout.pk}",
        debited=AccountRef(PAYABLE, payout.payee.ledger_owner),
        credited=purse_of(payout.rail),
        minor=payout.amount_minor,
        explanation={"kind": "payout", "payout": payout.pk, "rail": payout.rail},
    )


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
