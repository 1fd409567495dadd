"""A payout as one transfer per order: written down first, sent one by one, settled together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.payouts.models import Payout, PayoutPart
from creatorhub.payouts.parts import shares_of
from creatorhub.payouts.rails.rail import PartOrder, PartRefusedError, PartsRail, RailTimeoutError
from creatorhub.payouts.services.put_back import put_back
from creatorhub.payouts.services.tell_payee import tell_payee

OPEN = (PayoutPart.State.WAITING, PayoutPart.State.UNKNOWN)
IN_FLIGHT = (Payout.State.SENDING, Payout.State.UNKNOWN)


@transaction.atomic(durable=True)
def write_parts(*, payout_id: int, source_gateway: str) -> list[PayoutPart]:
    """The payout's parts, written once: whoever comes later sends the same ones."""
    payout = Payout.objects.select_for_update().get(pk=payout_id)
    written = list(payout.parts.order_by("number"))
    if written:
        return written
    shares = shares_of(payout, source_gateway=source_gateway)
    return PayoutPart.objects.bulk_create(
        PayoutPart(
            payout=payout,
            number=number,
            order_reference=share.order,
            source_payment=share.source,
            amount_minor=share.minor,
        )
        for number, share in enumerate(shares, start=1)
    )


def send_open_parts(*, way: PartsRail, payout: Payout, parts: Iterable[PayoutPart]) -> None:
    """Send what was not sent yet; the processor is asked before it is told, each time.

    RailTimeoutError at the first part whose answer never came: the others wait for it.
    """
    for part in parts:
        if part.state in OPEN:
            _send(way, part_order(payout, part), part)


def part_order(payout: Payout, part: PayoutPart) -> PartOrder:
    """The transfer of a part as the processor is asked for it, the same for ever."""
    return PartOrder(
        key=f"payout:{payout.pk}:{part.number}",
        group=part.order_reference or f"payout:{payout.pk}",
        source=part.source_payment,
        destination=payout.destination,
        amount=Money(part.amount_minor, payout.currency),
    )


def _send(way: PartsRail, order: PartOrder, part: PayoutPart) -> None:
    try:
        done = way.find_part(order) or way.send_part(order)
    except RailTimeoutError:
        _keep(part, state=PayoutPart.State.UNKNOWN)
        raise
    except PartRefusedError as error:
        _keep(part, state=PayoutPart.State.REFUSED, reason_code=error.reason_code)
    else:
        _keep(part, state=PayoutPart.State.SENT, provider_id=done.reference)


def _keep(part: PayoutPart, **word: str) -> None:
    """The first settled word stays."""
    PayoutPart.objects.filter(pk=part.pk, state__in=OPEN).update(**word)


@transaction.atomic(durable=True)
def settle_parts(*, payout_id: int) -> Payout:
    """Write down what became of the whole, once every part is sent or refused.

    What was refused becomes payable again, to the cent; the rest is paid.
    """
    payout = Payout.objects.select_for_update().select_related("payee").get(pk=payout_id)
    parts = list(payout.parts.order_by("number"))
    if payout.state not in IN_FLIGHT or any(part.state in OPEN for part in parts):
        return payout
    refused = [part for part in parts if part.state == PayoutPart.State.REFUSED]
    sent = [part for part in parts if part.state == PayoutPart.State.SENT]
    payout.state = Payout.State.PAID if sent else Payout.State.FAILED
    payout.provider_reference = sent[0].provider_id if sent else ""
    payout.paid_at = now() if sent else None
    if refused:
        payout.reason_code = refused[0].reason_code
        back = sum(part.amount_minor for part in refused)
        put_back(payout=payout, amount=Money(back, payout.currency))
    payout.save(
        update_fields=["state", "paid_at", "reason_code", "provider_reference", "returned_minor"]
    )
    tell_payee(payout)
    return payout
