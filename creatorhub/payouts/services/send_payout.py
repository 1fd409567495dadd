"""Handing a payout to its rail, and writing down what became of it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from creatorhub.foundation.clock import now
from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.services import post_entry
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.due import PAYABLE
from creatorhub.payouts.errors import RailMissingError
from creatorhub.payouts.models import Payout
from creatorhub.payouts.rails.rail import RailTimeoutError, Transfer
from creatorhub.payouts.rails.registry import rail

IN_FLIGHT = (Payout.State.SENDING, Payout.State.UNKNOWN)

# A payout still "being sent" after this long lost its message; it is looked up like an unknown.
LOST_AFTER = dt.timedelta(hours=1)


def send_payout_message(message: OutboxMessage) -> None:
    """The outbox's handler of "payouts.send"; no transaction is open."""
    send_payout(payout_id=message.payload["payout"])


def send_payout(*, payout_id: int) -> Payout:
    """Pay through the rail, unless it did already: the rail is always asked before it is told.

    Safe to repeat. A time-out leaves the payout unknown until it is looked up.
    """
    payout = Payout.objects.select_related("payee").get(pk=payout_id)
    if payout.state not in IN_FLIGHT:
        return payout
    way = rail(payout.rail)
    if way is None:
        raise RailMissingError(payout.rail)
    key = rail_key(payout)
    try:
        transfer = way.find(key=key) or way.send(
            key=key, amount=payout.amount, destination=payout.payee.destination
        )
    except RailTimeoutError:
        return _mark_unknown(payout)
    return settle_payout(payout_id=payout_id, transfer=transfer)


def look_up_unknown_payouts() -> int:
    """Ask again about payouts nobody heard of; returns how many are settled now."""
    lost = Q(state=Payout.State.SENDING, created_at__lt=now() - LOST_AFTER)
    waiting = Payout.objects.filter(Q(state=Payout.State.UNKNOWN) | lost)
    settled = [send_payout(payout_id=pk) for pk in waiting.values_list("pk", flat=True)]
    return sum(payout.state not in IN_FLIGHT for payout in settled)


@transaction.atomic(durable=True)
def settle_payout(*, payout_id: int, transfer: Transfer) -> Payout:
    """Write down the rail's answer once. A failed payout's money becomes payable again."""
    payout = Payout.objects.select_for_update().select_related("payee").get(pk=payout_id)
    if payout.state not in IN_FLIGHT:
        return payout
    payout.provider_reference = transfer.reference
    if transfer.state == "paid":
        payout.state = Payout.State.PAID
        payout.paid_at = now()
    else:
        payout.state = Payout.State.FAILED
        payout.reason_code = transfer.reason_code or "payout_failed"
        _put_back(payout)
    payout.save(update_fields=["state", "paid_at", "reason_code", "provider_reference"])
    enqueue(
        topic="mail.payout",
        key=f"mail.payout:{payout.pk}:{payout.state}",
        payload={"payout": payout.pk},
    )
    return payout


def rail_key(payout: Payout) -> str:
    """The payout's name on the far side, for ever."""
    return f"payout:{payout.pk}"


def _mark_unknown(payout: Payout) -> Payout:
    Payout.objects.filter(pk=payout.pk, state__in=IN_FLIGHT).update(state=Payout.State.UNKNOWN)
    payout.refresh_from_db()
    return payout


def _put_back(payout: Payout) -> None:
    """A new entry, never a changed one: it is part of the next payout's range."""
    about = {
        "kind": "payout_returned",
        "payout": payout.pk,
        "rail": payout.rail,
        "reason_code": payout.reason_code,
    }
    sent = JournalEntry.objects.get(idempotency_key=f"payout:{payout.pk}")
    post_entry(
        kind="payout_returned",
        reference=f"payout:{payout.pk}",
        idempotency_key=f"payout_returned:{payout.pk}",
        lines=[
            debit(AccountRef("processor_balance"), payout.amount, **about),
            credit(AccountRef(PAYABLE, payout.payee.ledger_owner), payout.amount, **about),
        ],
        reverses=sent,
    )
