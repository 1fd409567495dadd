"""A refund did not arrive: it is sent again, or paid another way."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from creatorhub.foundation.audit import record
from creatorhub.money import Money
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.holds import stop_waiting_for_failed_refund
from creatorhub.sales.models import Refund
from creatorhub.sales.parts import Part, portions_of
from creatorhub.sales.services.refund_lines import give_back, locked_lines
from creatorhub.sales.services.return_payment import already_made_good


@transaction.atomic(durable=True)
def repeat_refund(*, refund: Refund, actor: Any, proof: str = "", note: str = "") -> Refund:
    """Give a failed refund's lines back again, through the processor.

    With a `proof` (a bank's reference) staff paid the buyer by bank already, and it is only
    written down. RefundRefusedError when a colleague did it in the meantime, or its lines were
    given back since; and for a proof where the shop has the money: nobody else gives it back.
    """
    if proof and refund.sale.is_collected_by_shop:
        raise RefundRefusedError(_("The shop took the money itself, so it gives it back itself."))
    lines = locked_lines(refund.sale)
    failed = Refund.objects.get(pk=refund.pk)
    if failed.state != Refund.State.FAILED or Refund.objects.filter(repeats=failed).exists():
        raise RefundRefusedError(already_made_good())
    portions = portions_of(lines, _same_parts(failed))
    again = give_back(
        portions,
        reason_code=failed.reason_code,
        note=note or failed.note,
        actor=actor,
        way=Refund.Way.BANK if proof else Refund.Way.PROCESSOR,
        proof=proof,
        repeats=failed,
    )
    for portion in portions:
        stop_waiting_for_failed_refund(line=portion.line)
    record(
        action="refund.repeated",
        subject=f"sale:{failed.sale_id}",
        actor=actor,
        refund=failed.pk,
        again=again.pk,
        proof=proof,
    )
    return again


def _same_parts(failed: Refund) -> list[Part]:
    """The same pieces for the same amounts; their stock was seen to the first time."""
    currency = failed.sale.currency
    return [
        Part(
            row.sale_line_id,
            quantity=row.quantity,
            amount=Money(row.refunded_minor, currency),
            restock=False,
        )
        for row in failed.lines.all()
    ]
