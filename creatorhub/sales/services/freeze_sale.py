"""Staff stop the money of one sale, or let it go again. Freezing takes nothing from anybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.outbox.services import enqueue
from creatorhub.sales.errors import FreezeRefusedError
from creatorhub.sales.models import Sale, SaleFreeze, SaleLine
from creatorhub.sales.reholds import hold_lines, let_lines_go


@transaction.atomic(durable=True)
def freeze_sale(
    *, sale: Sale, reason_code: str, note: str, until: dt.datetime, actor: Any
) -> SaleFreeze:
    """Let a sale's money and commissions wait until staff have decided, at the latest `until`.

    What was released and not paid out waits too. FreezeRefusedError when it is frozen already or
    `until` has passed.
    """
    reason(reason_code)
    lines = _locked_lines(sale)
    if SaleFreeze.objects.filter(sale=sale, closed_at=None).exists():
        raise FreezeRefusedError(_("The money of this sale is frozen already."))
    if until <= now():
        raise FreezeRefusedError(_("Choose a day that is still to come."))
    freeze = SaleFreeze.objects.create(
        sale=sale,
        reason_code=reason_code,
        note=note[:500],
        opened_at=now(),
        opened_by=actor,
        expected_until=until,
    )
    hold_lines(lines=lines, reason_code=reason_code, until=until)
    _tell(freeze, "opened")
    record(
        action="sale.frozen",
        subject=f"sale:{sale.pk}",
        actor=actor,
        reason_code=reason_code,
        note=freeze.note,
        until=until.isoformat(),
    )
    return freeze


@transaction.atomic(durable=True)
def unfreeze_sale(*, freeze: SaleFreeze, outcome: str, actor: Any) -> bool:
    """Let the money of a sale go again; False when it was let go already."""
    return end_freeze(freeze=freeze, outcome=outcome, actor=actor)


@transaction.atomic
def end_freeze(*, freeze: SaleFreeze, outcome: str, actor: Any) -> bool:
    """The same in the caller's transaction."""
    lines = _locked_lines(freeze.sale)
    ended = SaleFreeze.objects.filter(pk=freeze.pk, closed_at=None).update(
        closed_at=now(), outcome=outcome[:500]
    )
    if not ended:
        return False
    let_lines_go(lines=lines, reason_code=freeze.reason_code, outcome="unfrozen")
    freeze.refresh_from_db()
    _tell(freeze, "closed")
    record(
        action="sale.unfrozen",
        subject=f"sale:{freeze.sale_id}",
        actor=actor,
        reason_code=freeze.reason_code,
        outcome=outcome,
    )
    return True


def _locked_lines(sale: Sale) -> list[SaleLine]:
    Sale.objects.select_for_update().get(pk=sale.pk)
    rows = SaleLine.objects.filter(sale=sale).select_related(
        "sale__order", "sale__shop__owner", "order_line"
    )
    return list(rows.order_by("pk"))


def _tell(freeze: SaleFreeze, step: str) -> None:
    enqueue(
        topic="mail.sale_frozen",
        key=f"sale_freeze:{freeze.pk}:{step}",
        payload={"freeze": freeze.pk, "step": step},
    )
