"""Giving money back: buyer first, recovery second, every share exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from creatorhub.affiliates.services import reverse_commission
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.offers.registry import engine_of
from creatorhub.outbox.services import enqueue
from creatorhub.sales.entries import post_refund
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.explanations import Shared
from creatorhub.sales.hand_refunds import ask_shop_to_give_back, must_be_paid
from creatorhub.sales.holds import DISPUTE, close_holds, hold_kept_money, let_shipping_follow
from creatorhub.sales.models import Checkout, Hold, Refund, RefundLine, Sale, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.parts import Part, Portion, portions_of, with_orphaned_shipping
from creatorhub.sales.refund_requests import ask_for_refund, refund_reference
from creatorhub.sales.request_settling import settle_requests
from creatorhub.sales.reversal import Reversed, reversed_at, reversed_so_far

NOTE_LENGTH = 500


@transaction.atomic(durable=True)
def refund_lines(
    *,
    sale: Sale,
    sale_lines: Sequence[int],
    reason_code: str,
    note: str = "",
    actor: Any = None,
) -> Refund:
    """Give back everything that is left of these lines (SaleLine ids) of one sale.

    When nothing of the sale is sent any more, what was paid for sending goes back too.
    RefundRefusedError when nothing is left to give back, or a line is of another sale.
    """
    lines = locked_lines(sale)
    parts = with_orphaned_shipping(lines, [Part(pk) for pk in sale_lines])
    portions = portions_of(lines, parts)
    return give_back(portions, reason_code=reason_code, note=note, actor=actor)


@transaction.atomic(durable=True)
def refund_amounts(
    *,
    sale: Sale,
    amounts: Mapping[int, Money],
    reason_code: str,
    note: str = "",
    actor: Any = None,
) -> Refund:
    """Give back part of lines: an amount per SaleLine id, each in whole steps of its currency.

    RefundRefusedError when it is more than is left, or finer than the currency's step.
    """
    parts = [Part(pk, amount=amount) for pk, amount in amounts.items()]
    portions = portions_of(locked_lines(sale), parts)
    return give_back(portions, reason_code=reason_code, note=note, actor=actor)


@transaction.atomic(durable=True)
def refund_parts(
    *,
    sale: Sale,
    parts: Sequence[Part],
    reason_code: str,
    note: str = "",
    actor: Any = None,
    seen_minor: int | None = None,
) -> Refund:
    """Give back pieces or amounts of lines, shipping where it is among the parts.

    `seen_minor` is what had been given back of the sale when somebody looked at it and decided:
    when it has changed since, a second press or a colleague was faster, and nothing is done.
    RefundRefusedError says what cannot be given.
    """
    lines = locked_lines(sale)
    if seen_minor not in (None, refunded_so_far(lines)):
        raise RefundRefusedError(
            _("Money of this order went back a moment ago. Look at it before you give more.")
        )
    portions = portions_of(lines, with_orphaned_shipping(lines, parts))
    return give_back(portions, reason_code=reason_code, note=note, actor=actor)


def locked_lines(sale: Sale) -> dict[int, SaleLine]:
    """The sale's lines under its lock: refunds, releases and parcels of a sale take turns."""
    Sale.objects.select_for_update().get(pk=sale.pk)
    rows = SaleLine.objects.filter(sale=sale).select_related(
        "sale__order", "sale__shop__owner", "listing", "order_line__fulfilment"
    )
    return {line.pk: line for line in rows.order_by("pk")}


def refunded_so_far(lines: Mapping[int, SaleLine]) -> int:
    """Minor units that were given back of a sale."""
    return sum(line.refunded_minor for line in lines.values())


def give_back(
    portions: Sequence[Portion],
    *,
    reason_code: str,
    note: str = "",
    actor: Any = None,
    way: str = Refund.Way.PROCESSOR,
    proof: str = "",
    repeats: Refund | None = None,
) -> Refund:
    """Portions of one sale's locked lines go to the buyer, in the caller's transaction.

    Whatever opened the request for it is answered by it. RefundRefusedError when there is nothing
    to give, or the buyer's bank is asking about a line already.
    """
    reason(reason_code)
    if not portions:
        raise RefundRefusedError(_("Nothing of this is left to give back."))
    _refuse_disputed(portions)
    sale = portions[0].line.sale
    must_be_paid(sale)
    refund = _refund_of(sale, portions, way=way, proof=proof)
    refund.reason_code, refund.note = reason_code, note[:NOTE_LENGTH]
    refund.decided_by, refund.repeats = actor, repeats
    refund.save()
    total = Money(refund.amount_minor, sale.currency)
    by_line = {portion.line.pk: portion for portion in portions}
    moves = [
        (shared, _reverse_line(refund, shared, by_line[shared.line.pk]))
        for shared in shared_by([portion.line for portion in portions])
    ]
    post_refund(refund=refund, moves=moves)
    take_back(sale, portions, reason_code)
    settle_requests(refund=refund)
    _ask_and_tell(refund, total)
    record(
        action="sale.refunded",
        subject=f"sale:{sale.pk}",
        actor=actor,
        refund=refund.pk,
        amount_minor=total.minor,
        reason_code=reason_code,
    )
    return refund


def _refund_of(sale: Sale, portions: Sequence[Portion], *, way: str, proof: str) -> Refund:
    """Not saved yet. What was paid by bank is paid; everything else is on its way."""
    total = Money.total((portion.amount for portion in portions), sale.currency)
    is_done = way == Refund.Way.BANK
    return Refund(
        sale=sale,
        amount_minor=total.minor,
        way=way,
        proof=proof,
        state=Refund.State.PAID if is_done else Refund.State.SENDING,
        created_at=now(),
        paid_at=now() if is_done else None,
    )


def _refuse_disputed(portions: Sequence[Portion]) -> None:
    """The bank may give the same money back: never twice."""
    lines = [portion.line.pk for portion in portions]
    held = Hold.objects.filter(sale_line__in=lines, reason_code=DISPUTE, closed_at=None).first()
    if held is not None:
        named = {"title": held.sale_line.title}
        raise RefundRefusedError(
            _("The buyer's bank is looking at “%(title)s”. What it decides comes first.") % named
        )


def _reverse_line(refund: Refund, shared: Shared, portion: Portion) -> Reversed:
    """Move one line's reversed shares to where the refund brings them; returns the difference."""
    line = shared.line
    before = reversed_so_far(line)
    after = reversed_at(line, before.refunded + portion.amount)
    moved = after.since(before)
    keep_reversed(line, after, pieces=portion.quantity)
    RefundLine.objects.create(
        refund=refund,
        sale_line=line,
        refunded_minor=moved.refunded.minor,
        quantity=portion.quantity,
        restocked=portion.restock,
        fee_minor=moved.fee.minor,
        commission_minor=moved.commission.minor,
    )
    if shared.commission is not None:
        reverse_commission(
            order_line=line.item,
            refund_source=refund_reference(refund),
            target_reversed=after.commission,
            reason_code=refund.reason_code,
        )
    return moved


def keep_reversed(line: SaleLine, to: Reversed, *, pieces: int = 0) -> None:
    """Write what is reversed of a line, in all; `pieces` more (or fewer) are given back."""
    line.refunded_quantity += pieces
    line.refunded_minor = to.refunded.minor
    line.fee_reversed_minor = to.fee.minor
    line.commission_reversed_minor = to.commission.minor
    line.save(
        update_fields=[
            "refunded_minor",
            "refunded_quantity",
            "fee_reversed_minor",
            "commission_reversed_minor",
        ]
    )


def take_back(sale: Sale, portions: Sequence[Portion], reason_code: str) -> None:
    """Pieces that went back are not delivered; of lines that went back whole nothing waits."""
    for portion in sorted(portions, key=_in_stock_order):
        line = portion.line
        if line.is_refunded:
            close_holds(line=line, outcome="refunded")
        if line.listing is None:
            continue
        engine = engine_of(line.listing.way)
        if portion.quantity:
            engine.take_back(
                order_line=line.order_line, quantity=portion.quantity, restock=portion.restock
            )
        if portion.quantity and line.pieces_left == 0:
            engine.revoke(order_line=line.order_line, reason_code=reason_code)
            if not line.is_refunded:
                hold_kept_money(line=line)
    let_shipping_follow(sale=sale)
    left = SaleLine.objects.filter(sale__order=sale.order, refunded_minor__lt=F("base_minor"))
    if not left.exists():
        sale.order.set_status("refunded")


def _in_stock_order(portion: Portion) -> tuple[int, int]:
    """Everybody locks stock rows in the same order."""
    return getattr(portion.line.order_line, "stockrecord_id", None) or 0, portion.line.pk


def _ask_and_tell(refund: Refund, total: Money) -> None:
    """Whoever took the money is asked to give it back: the seam between ways of being paid."""
    if refund.way == Refund.Way.PROCESSOR:
        checkout = Checkout.objects.get(order=refund.sale.order)
        ask_for_refund(
            attempt_reference=checkout.attempt_reference,
            refund_reference=refund_reference(refund),
            amount=total,
        )
    ask_shop_to_give_back(refund=refund)
    enqueue(topic="mail.refunded", key=f"refunded:{refund.pk}", payload={"refund": refund.pk})
