"""Writing a thousand payouts as fast as one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, NewEntry, credit, debit
from creatorhub.ledger.models import Account
from creatorhub.ledger.services import post_entries
from creatorhub.money import Money
from creatorhub.outbox.services import enqueue_all
from creatorhub.payouts.due import PAYABLE
from creatorhub.payouts.models import PayoutRun
from creatorhub.payouts.rails.purse import purse_of

# A payout pays the postings since the last one. Their account is locked, so none joins later.
WRITE = """
INSERT INTO payouts_payout (run_id, payee_id, currency, amount_minor, rail, destination,
    after_posting_id, until_posting_id, state, reason_code, provider_reference, created_at)
SELECT %(run)s, payee, %(currency)s, minor, rail, destination,
       COALESCE((SELECT MAX(until_posting_id) FROM payouts_payout earlier
                  WHERE earlier.payee_id = payee AND earlier.currency = %(currency)s), 0),
       (SELECT MAX(id) FROM ledger_posting WHERE account_id = account),
       'sending', '', '', %(created_at)s
  FROM json_to_recordset(%(to_pay)s)
    AS new(payee bigint, account bigint, minor bigint, rail text, destination text)
RETURNING id, payee_id, rail, amount_minor
"""


class ToPay(NamedTuple):
    """Who gets how much from which account, and where it goes. The first two are ids."""

    payee: int
    account: int
    minor: int
    rail: str
    destination: str


def write_payouts(
    *, run: PayoutRun, to_pay: Sequence[ToPay], accounts: Mapping[str, Account], currency: str
) -> None:
    """The payouts, the entries that take them off the book, the messages that send the money.

    In the caller's transaction, which holds the locks of `accounts`.
    """
    if not to_pay:
        return
    written = _write(run, to_pay, currency)
    post_entries(
        entries=[
            _entry(payout, AccountRef(PAYABLE, str(payee)), rail, Money(minor, currency))
            for payout, payee, rail, minor in written
        ],
        accounts=accounts,
    )
    enqueue_all(
        topic="payouts.send",
        payloads={f"payout:{payout}": {"payout": payout} for payout, *_ in written},
    )


def _write(
    run: PayoutRun, to_pay: Sequence[ToPay], currency: str
) -> list[tuple[int, int, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "run": run.pk,
                "currency": currency,
                "created_at": now(),
                "to_pay": json.dumps([payee._asdict() for payee in to_pay]),
            },
        )
        return list(cursor.fetchall())


def _entry(payout: int, payable: AccountRef, rail: str, amount: Money) -> NewEntry:
    about = {"kind": "payout", "payout": payout, "rail": rail}
    lines = [debit(payable, amount, **about), credit(purse_of(rail), amount, **about)]
    return NewEntry("payout", f"payout:{payout}", f"payout:{payout}", lines)
