"""Paying everybody what the book owes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef
from creatorhub.ledger.services import lock_accounts
from creatorhub.payouts.due import PAYABLE, open_holds_of, owed_accounts, rules_now, why_not
from creatorhub.payouts.models import Payee, Payout, PayoutRun
from creatorhub.payouts.services.write_payouts import ToPay, write_payouts

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
    in_run = set(_payouts_of(run, currency, owners).values_list("payee_id", flat=True))
    holds = open_holds_of(map(int, owners))
    rules = rules_now(currency)
    to_pay, skipped = [], []
    for payee in _payees(owners):
        account = accounts[AccountRef(PAYABLE, str(payee.pk)).code]
        minor = account.balance_minor
        if minor <= 0 or payee.pk in in_run:
            continue
        hold = holds.get(payee.pk)
        code = hold.reason_code if hold else why_not(payee, minor, rules)
        if code:
            skipped.append(_skip(payee.pk, currency, minor, code))
        else:
            to_pay.append(ToPay(payee.pk, account.pk, minor, payee.rail, payee.destination))
    write_payouts(run=run, to_pay=to_pay, accounts=accounts, currency=currency)
    return skipped


def _payees(owners: Sequence[str]) -> Any:
    """Rows of values, as `why_not` reads them: fifty thousand models would cost seconds."""
    return Payee.objects.filter(pk__in=map(int, owners)).values_list(
        "pk",
        "rail",
        "destination",
        "is_ready",
        "has_second_factor",
        "schedule",
        "threshold_minor",
        named=True,
    )


def _payouts_of(run: PayoutRun, currency: str, owners: Sequence[str]) -> QuerySet[Payout]:
    return Payout.objects.filter(run=run, currency=currency, payee__in=map(int, owners))


def _skip(payee_id: int, currency: str, minor: int, reason_code: str) -> Skip:
    return {
        "payee": payee_id,
        "currency": currency,
        "minor": minor,
        "reason_code": reason_code,
    }


@transaction.atomic(durable=True)
def _finish(run: PayoutRun, skipped: list[Skip]) -> PayoutRun:
    """Keep why anything waited; of two racing sweeps of one run the first one's word stays."""
    PayoutRun.objects.filter(pk=run.pk, finished_at=None).update(skipped=skipped, finished_at=now())
    run.refresh_from_db()
    return run
