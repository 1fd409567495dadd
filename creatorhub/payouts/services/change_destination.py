"""Where a payee's money goes from now on. The old place is kept, and a change waits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from creatorhub.foundation import audit
from creatorhub.foundation.clock import now
from creatorhub.payouts.models import DestinationChange, Payee, Recipient
from creatorhub.payouts.services.guard_changes import hold_after_change


@transaction.atomic
def change_destination(
    *,
    payee: Payee,
    rail: str,
    destination: str,
    is_ready: bool,
    due_by: dt.datetime | None = None,
    actor: Any = None,
) -> Payee:
    """Pay this payee by another rail or at another place; the same again only refreshes its word.

    A first choice is no change. Any later one lets payouts wait (policy: 72 hours) and is mailed
    to the payee, so that nobody who took the account over is paid unnoticed.
    """
    locked = (
        Payee.objects.select_for_update(of=("self",)).select_related("party__user").get(pk=payee.pk)
    )
    is_same = (locked.rail, locked.destination) == (rail, destination)
    before = (locked.rail, locked.destination)
    locked.rail, locked.destination = rail, destination
    locked.is_ready, locked.due_by = is_ready, due_by
    locked.save(update_fields=["rail", "destination", "is_ready", "due_by"])
    if not is_same:
        Recipient.objects.filter(payee=locked).exclude(provider_id=destination).update(
            wanted_at=None
        )
        _keep(locked, before, actor)
    return locked


def _keep(payee: Payee, before: tuple[str, str], actor: Any) -> None:
    old_rail, old_destination = before
    hold = None
    if old_destination or _had_another(payee):
        address = payee.party.user.email if payee.party.user else ""
        hold = hold_after_change(
            payee=payee, what="destination", old_address=address, new_address=address
        )
    DestinationChange.objects.create(
        payee=payee,
        old_rail=old_rail,
        old_destination=old_destination,
        new_rail=payee.rail,
        new_destination=payee.destination,
        hold=hold,
        changed_by=actor,
        changed_at=now(),
    )
    audit.record(
        action="payee.destination_changed",
        subject=f"payee:{payee.pk}",
        actor=actor,
        old_rail=old_rail,
        new_rail=payee.rail,
        new_destination=payee.destination,
    )


def _had_another(payee: Payee) -> bool:
    """Leaving a place for none, and going on from there, is a change all the same."""
    return DestinationChange.objects.filter(payee=payee).exclude(new_destination="").exists()
