"""Who is paid, and why their payouts may wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction

from creatorhub.accounts.models import Party
from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.rails.registry import rail
from creatorhub.payouts.second_factor import has_second_factor

PLAY_MONEY = "sandbox"


def payee_of(*, party: Party) -> Payee:
    """The party's payee, made on first use. Its `ledger_owner` names its accounts in the book.

    Nobody has to choose how they are paid before they earn; play money needs no choice at all.
    """
    known = Payee.objects.filter(party=party).first()
    if known is not None:
        return known
    plays = rail(PLAY_MONEY) is not None
    payee, _ = Payee.objects.get_or_create(
        party=party,
        defaults={
            "created_at": now(),
            "rail": PLAY_MONEY if plays else "",
            "is_ready": plays,
            "has_second_factor": has_second_factor(party.user_id),
        },
    )
    return payee


def payees_of(*, parties: Iterable[Party]) -> dict[int, Payee]:
    """The payees of these parties by the party's id, in one query; made where missing."""
    wanted = {party.pk: party for party in parties}
    found = {payee.party_id: payee for payee in Payee.objects.filter(party__in=wanted)}
    return found | {pk: payee_of(party=party) for pk, party in wanted.items() if pk not in found}


@transaction.atomic
def open_hold(
    *,
    payee: Payee,
    reason_code: str,
    expected_until: dt.datetime,
    ends_by_clock: bool = False,
    note: str = "",
    actor: Any = None,
) -> PayeeHold:
    """Let this payee's payouts wait until the hold is closed. The money stays theirs.

    With `ends_by_clock` it is closed by itself at `expected_until`; the payee reads the note.
    """
    reason(reason_code)
    hold = PayeeHold.objects.create(
        payee=payee,
        reason_code=reason_code,
        opened_at=now(),
        expected_until=expected_until,
        ends_by_clock=ends_by_clock,
        note=note,
        opened_by=actor,
    )
    audit.record(
        action="payee_hold.opened",
        subject=f"payee:{payee.pk}",
        actor=actor,
        reason_code=reason_code,
        expected_until=expected_until.isoformat(),
        note=note,
    )
    return hold


@transaction.atomic
def close_hold(*, hold: PayeeHold, outcome: str, actor: Any = None) -> bool:
    """End a hold; False when it had ended already."""
    closed = PayeeHold.objects.filter(pk=hold.pk, closed_at=None).update(
        closed_at=now(), outcome=outcome
    )
    if closed:
        audit.record(
            action="payee_hold.closed",
            subject=f"payee:{hold.payee_id}",
            actor=actor,
            reason_code=hold.reason_code,
            outcome=outcome,
        )
    return bool(closed)
