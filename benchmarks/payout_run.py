"""P7: paying a crowd, beside one bare UPDATE of its commissions and beside one after another."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

from django.db import connections, transaction

from benchmarks.crowd import a_crowd, earn_again
from benchmarks.goal import Goal
from creatorhub.affiliates.models import Commission
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import Account
from creatorhub.ledger.services import post_entry
from creatorhub.payouts.models import Payout
from creatorhub.payouts.services import run_payouts

PAYEES = 50_000
COMMISSIONS = 1_000_000
# So many of them one after another; the whole million would take most of an hour.
ONE_BY_ONE = 2_000

WHOLE = f"{COMMISSIONS:,} commissions of {PAYEES:,} payees"


class UndoneError(Exception):
    """Ends a transaction without leaving anything."""


def measure() -> list[Goal]:
    """Seconds on the clock, Python and PostgreSQL together."""
    a_crowd(payees=PAYEES, commissions=COMMISSIONS)
    run = _seconds(lambda: run_payouts(key="whole"))
    update = _seconds(_one_bare_update)
    loop = _seconds(_one_by_one) * COMMISSIONS / ONE_BY_ONE
    return [
        Goal("P7.beside_update", f"seconds to pay {WHOLE}; one bare UPDATE", run, update, 0.5),
        Goal(
            "P7.beside_loop",
            f"the same; {ONE_BY_ONE:,} one by one × {COMMISSIONS // ONE_BY_ONE}",
            run,
            loop,
            1 / 500,
        ),
        _killed_and_run_again(),
    ]


def _one_bare_update() -> None:
    with suppress(UndoneError), transaction.atomic():
        Commission.objects.update(state="voided")
        raise UndoneError


def _one_by_one() -> None:
    """Each commission as a careful loop pays it: locked, posted, saved."""
    with suppress(UndoneError), transaction.atomic():
        for pk in range(1, ONE_BY_ONE + 1):
            commission = Commission.objects.select_for_update().get(pk=pk)
            payee = AccountRef("payee_payable", str(1 + pk % PAYEES))
            post_entry(
                kind="payout",
                reference=f"commission:{pk}",
                idempotency_key=f"one by one:{pk}",
                lines=[
                    debit(payee, commission.amount),
                    credit(AccountRef("processor_balance"), commission.amount),
                ],
            )
            commission.state = "voided"
            commission.save()
        raise UndoneError


def _seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return round(time.monotonic() - started, 3)


def _killed_and_run_again() -> Goal:
    """Everybody earns once more; the run that pays it is killed half-way and asked for again."""
    earn_again()
    owed = dict(_owed())
    child = _run_in_a_child()
    while Payout.objects.filter(run__key="killed").count() < PAYEES / 2:
        if os.waitpid(child, os.WNOHANG) != (0, 0):
            raise RuntimeError("the run ended before it was killed")
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    run_payouts(key="killed")
    paid = Payout.objects.filter(run__key="killed").values_list("payee_id", "amount_minor")
    wrong = set(paid) ^ owed.items()
    return Goal(
        "P7.killed", "payees paid other than owed, after kill -9 and again", len(wrong), PAYEES, 0
    )


def _owed() -> Iterable[tuple[int, int]]:
    accounts = Account.objects.filter(name="payee_payable", balance_minor__gt=0)
    return ((int(owner), minor) for owner, minor in accounts.values_list("owner", "balance_minor"))


def _run_in_a_child() -> int:
    connections.close_all()  # The child must not speak on its parent's connection.
    child = os.fork()
    if child:
        return child
    try:
        run_payouts(key="killed")
    finally:
        os._exit(1)
