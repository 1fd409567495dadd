"""Giving money back: buyer first, recovery second, every share exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from creatorhub.affiliates.services import reverse_commission
from creatorhub.foundation.audit import record
from creatorhub.foundation.clock import now
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.offers.registry import engine_of
from creatorhub.outbox.services import enqueue
from creatorhub.sales.book import post_refund
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.explanations import Shared
from creatorhub.sales.holds import close_holds, let_shipping_follow
from creatorhub.sales.models import Checkout, Refund, RefundLine, Sale, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.refund_requests import ask_for_refund, refund_reference
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
    lines = _locked_lines(sale)
    wanted = _known(lines, sale_lines) | _orphaned_shipping(lines, set(sale_lines))
    amounts = {pk: lines[pk].remaining for pk in wanted if lines[pk].remaining}
    return _give_back(lines, amounts, reason_code=reason_code, note=note, actor=actor)


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
    lines = _locked_lines(sale)
    _known(lines, list(amounts))
    for pk, amount in amounts.items():
        if not Money.zero(sale.currency) < amount <= lines[pk].remaining:
            raise RefundRefusedError(f"{amount} of line {pk}, where {lines[pk].remaining} is left")
        if amount.minor % amount.quantum.minor:
            raise RefundRefusedError(f"{amount} is finer than {amount.quantum}")
    return _give_back(lines, amounts, reason_code=reason_code, note=note, actor=actor)


def _locked_lines(sale: Sale) -> dict[int, SaleLine]:
    """The sale's lines under its lock: refunds, releases and parcels of a sale take turns."""
    Sale.objects.select_for_update().get(pk=sale.pk)
    rows = SaleLine.objects.filter(sale=sale).select_related(
        "sale__order", "sale__shop__owner", "listing", "order_line"
    )
    return {line.pk: line for line in rows.order_by("pk")}


def _known(lines: dict[int, SaleLine], wanted: Sequence[int]) -> set[int]:
    foreign = set(wanted) - set(lines)
    if foreign:
        raise RefundRefusedError(f"lines {sorted(foreign)} are not of this sale")
    return set(wanted)


def _orphaned_shipping(lines: dict[int, SaleLine], wanted: set[int]) -> set[int]:
    """The shipping line, once nothing it would have paid for is sent."""
    shipping = {pk for pk, line in lines.items() if line.kind == SaleLine.Kind.SHIPPING}
    parcels: dict[int | None, str] = {
        fulfilment.order_line_id: fulfilment.state
        for fulfilment in Fulfilment.objects.filter(
            order_line__in=[line.order_line_id for line in lines.values()]
        )
    }
    for pk, line in lines.items():
        state = parcels.get(line.order_line_id)
        if state == Fulfilment.State.SENT:
            return set()
        if state == Fulfilment.State.TO_SEND and pk not in wanted:
            return set()
    return shipping


def _give_back(
    lines: dict[int, SaleLine],
    amounts: Mapping[int, Money],
    *,
    reason_code: str,
    note: str,
    actor: Any,
) -> Refund:
    reason(reason_code)
    if not amounts:
        raise RefundRefusedError("nothing is left to give back")
    chosen = [lines[pk] for pk in sorted(amounts)]
    sale = chosen[0].sale
    total = Money.total(amounts.values(), sale.currency)
    refund = Refund.objects.create(
        sale=sale,
        amount_minor=total.minor,
        reason_code=reason_code,
        note=note[:NOTE_LENGTH],
        decided_by=actor,
        created_at=now(),
    )
    moves = [
        (shared, _reverse_line(refund, shared, amounts[shared.line.pk]))
        for shared in shared_by(chosen)
    ]
    post_refund(refund=refund, moves=moves)
    _take_back(sale, [line for line in chosen if line.is_refunded], reason_code)
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


def _reverse_line(refund: Refund, shared: Shared, amount: Money) -> Reversed:
    """Move one line's reversed shares to where the refund brings them; returns the difference."""
    line = shared.line
    before = reversed_so_far(line)
    after = reversed_at(line, before.refunded + amount)
    moved = after.since(before)
    keep_reversed(line, after)
    RefundLine.objects.create(
        refund=refund,
        sale_line=line,
        refunded_minor=moved.refunded.minor,
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


def keep_reversed(line: SaleLine, to: Reversed) -> None:
    """Write what is reversed of a line, in all."""
    line.refunded_minor = to.refunded.minor
    line.fee_reversed_minor = to.fee.minor
    line.commission_reversed_minor = to.commission.minor
    line.save(update_fields=["refunded_minor", "fee_reversed_minor", "commission_reversed_minor"])


def _take_back(sale: Sale, refunded: list[SaleLine], reason_code: str) -> None:
    """Lines that went back whole are not delivered any more, and nothing of them waits."""
    for line in refunded:
        close_holds(line=line, outcome="refunded")
        if line.listing is not None:
            engine_of(line.listing.way).revoke(order_line=line.order_line, reason_code=reason_code)
    let_shipping_follow(sale=sale)
    left = SaleLine.objects.filter(sale__order=sale.order, refunded_minor__lt=F("base_minor"))
    if not left.exists():
        sale.order.set_status("refunded")


def _ask_and_tell(refund: Refund, total: Money) -> None:
    checkout = Checkout.objects.get(order=refund.sale.order)
    ask_for_refund(
        attempt_reference=checkout.attempt_reference,
        refund_reference=refund_reference(refund),
        amount=total,
    )
    enqueue(topic="mail.refunded", key=f"refunded:{refund.pk}", payload={"refund": refund.pk})
