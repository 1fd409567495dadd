"""Staff stop the payouts of one person, or let them go again; the person is told why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.clock import now
from creatorhub.outbox.services import enqueue
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.payouts.services import close_hold, open_hold
from creatorhub.sales.errors import FreezeRefusedError


@transaction.atomic(durable=True)
def freeze_payee(
    *, payee: Payee, reason_code: str, note: str, until: dt.datetime, actor: Any
) -> PayeeHold:
    """Pay this person nothing until staff have decided, at the latest `until`. Nothing moves.

    FreezeRefusedError when they wait for this reason already, or `until` has passed.
    """
    Payee.objects.select_for_update().get(pk=payee.pk)
    if PayeeHold.objects.filter(payee=payee, reason_code=reason_code, closed_at=None).exists():
        raise FreezeRefusedError(_("Payouts to this person wait for this reason already."))
    if until <= now():
        raise FreezeRefusedError(_("Choose a day that is still to come."))
    hold = open_hold(
        payee=payee, reason_code=reason_code, expected_until=until, note=note[:500], actor=actor
    )
    _tell(hold, "opened")
    return hold


@transaction.atomic(durable=True)
def unfreeze_payee(*, hold: PayeeHold, outcome: str, actor: Any) -> bool:
    """End one hold of a payee; False when it had ended already."""
    return end_payee_hold(hold=hold, outcome=outcome, actor=actor)


@transaction.atomic
def end_payee_hold(*, hold: PayeeHold, outcome: str, actor: Any) -> bool:
    """The same in the caller's transaction."""
    if not close_hold(hold=hold, outcome=outcome[:500], actor=actor):
        return False
    hold.refresh_from_db()
    _tell(hold, "closed")
    return True


def _tell(hold: PayeeHold, step: str) -> None:
    enqueue(
        topic="mail.payee_frozen",
        key=f"payee_freeze:{hold.pk}:{step}",
        payload={"hold": hold.pk, "step": step},
    )
