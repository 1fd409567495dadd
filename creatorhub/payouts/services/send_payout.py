"""Handing a payout to its rail, and writing down what became of it."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Q

from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.payouts.errors import RailMissingError
from creatorhub.payouts.models import Payout
from creatorhub.payouts.rails.rail import (
    ByHandRail,
    PartsRail,
    RailTimeoutError,
    Transfer,
    WholeRail,
)
from creatorhub.payouts.rails.registry import rail
from creatorhub.payouts.services.draft_batch import draft_into_batch
from creatorhub.payouts.services.put_back import put_back
from creatorhub.payouts.services.send_parts import send_open_parts, settle_parts, write_parts
from creatorhub.payouts.services.tell_payee import tell_payee

log = logging.getLogger(__name__)

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
    if isinstance(way, ByHandRail):
        return draft_into_batch(payout_id=payout_id)
    try:
        if isinstance(way, PartsRail):
            return _send_in_parts(way, payout)
        if isinstance(way, WholeRail):
            return _send_whole(way, payout)
    except RailTimeoutError:
        return _mark_unknown(payout)
    raise RailMissingError(payout.rail)


def look_up_unknown_payouts() -> int:
    """Ask again about payouts nobody heard of; returns how many are settled now.

    One that cannot be asked about (its rail is gone) must not keep the others waiting.
    """
    lost = Q(state=Payout.State.SENDING, created_at__lt=now() - LOST_AFTER)
    waiting = Payout.objects.filter(Q(state=Payout.State.UNKNOWN) | lost)
    settled = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        try:
            settled += send_payout(payout_id=pk).state not in IN_FLIGHT
        except RailMissingError:
            log.warning("payout %s cannot be looked up: its rail is not here", pk)
    return settled


def _send_whole(way: WholeRail, payout: Payout) -> Payout:
    key = rail_key(payout)
    transfer = way.find(key=key) or way.send(
        key=key, amount=payout.amount, destination=payout.destination
    )
    return settle_payout(payout_id=payout.pk, transfer=transfer)


def _send_in_parts(way: PartsRail, payout: Payout) -> Payout:
    parts = write_parts(payout_id=payout.pk, source_gateway=way.source_gateway(payout.destination))
    send_open_parts(way=way, payout=payout, parts=parts)
    return settle_parts(payout_id=payout.pk)


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
        put_back(payout=payout, amount=payout.amount)
    payout.save(
        update_fields=["state", "paid_at", "reason_code", "provider_reference", "returned_minor"]
    )
    tell_payee(payout)
    return payout


def rail_key(payout: Payout) -> str:
    """The payout's name on the far side, for ever."""
    return f"payout:{payout.pk}"


def _mark_unknown(payout: Payout) -> Payout:
    Payout.objects.filter(pk=payout.pk, state__in=IN_FLIGHT).update(state=Payout.State.UNKNOWN)
    payout.refresh_from_db()
    return payout
