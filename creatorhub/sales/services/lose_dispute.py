"""A dispute is lost: the buyer keeps the money, and everybody's share follows exactly."""

from __future__ import annotations

from collections.abc import Sequence

from creatorhub.affiliates.services import reverse_commission
from creatorhub.foundation.policy import policy
from creatorhub.money import Money
from creatorhub.sales.dispute_book import post_lost
from creatorhub.sales.disputes import spread
from creatorhub.sales.explanations import Shared
from creatorhub.sales.models import Dispute, DisputeLine, SaleLine
from creatorhub.sales.parties import shared_by
from creatorhub.sales.parts import Part, Portion, portions_of
from creatorhub.sales.reversal import Reversed, reversed_at, reversed_so_far
from creatorhub.sales.services.refund_lines import keep_reversed, take_back

LOST = "dispute_lost"


def lose_dispute(*, dispute: Dispute, lines: Sequence[SaleLine], fee_change: int) -> None:
    """Reverse what the dispute took of each line, in the caller's transaction and locks.

    A line gives what was disputed of it, as far as it is left. What is more falls on what is left
    of the others, and then on the market: those lines had been given back before.
    """
    portions = _portions(dispute, lines)
    moves = [
        (shared, _reverse(dispute, shared, portions[shared.line.pk]))
        for shared in shared_by([portion.line for portion in portions.values()])
    ]
    charged = _charged(dispute, moves)
    post_lost(dispute=dispute, moves=moves, charged=charged, fee_change=fee_change)
    for sale in dict.fromkeys(portion.line.sale for portion in portions.values()):
        of_sale = [portion for portion in portions.values() if portion.line.sale_id == sale.pk]
        take_back(sale, of_sale, LOST)


def _portions(dispute: Dispute, lines: Sequence[SaleLine]) -> dict[int, Portion]:
    by_id = {line.pk: line for line in lines}
    amounts = {
        row.sale_line_id: min(
            Money(row.disputed_minor, dispute.currency), by_id[row.sale_line_id].remaining
        )
        for row in dispute.lines.all()
    }
    more = dispute.amount - Money.total(amounts.values(), dispute.currency)
    for pk, amount in spread(more, lines, amounts).items():
        amounts[pk] = amounts.get(pk, Money.zero(dispute.currency)) + amount
    parts = [
        Part(pk) if amount == by_id[pk].remaining else Part(pk, amount=amount)
        for pk, amount in amounts.items()
        if amount
    ]
    return {portion.line.pk: portion for portion in portions_of(by_id, parts)}


def _reverse(dispute: Dispute, shared: Shared, portion: Portion) -> Reversed:
    line = shared.line
    before = reversed_so_far(line)
    after = reversed_at(line, before.refunded + portion.amount)
    moved = after.since(before)
    keep_reversed(line, after, pieces=portion.quantity)
    DisputeLine.objects.update_or_create(
        dispute=dispute,
        sale_line=line,
        defaults={
            "refunded_minor": moved.refunded.minor,
            "fee_minor": moved.fee.minor,
            "commission_minor": moved.commission.minor,
        },
        create_defaults={
            "disputed_minor": 0,
            "refunded_minor": moved.refunded.minor,
            "fee_minor": moved.fee.minor,
            "commission_minor": moved.commission.minor,
        },
    )
    if shared.commission is not None:
        reverse_commission(
            order_line=line.item,
            refund_source=f"dispute:{dispute.pk}",
            target_reversed=after.commission,
            reason_code=LOST,
        )
    return moved


def _charged(dispute: Dispute, moves: Sequence[tuple[Shared, Reversed]]) -> dict[int, Money]:
    """What each line's shop bears of the processor's fee, where the policy says that shops do."""
    weights = [moved.refunded.minor for _, moved in moves]
    if policy().dispute_fee_bearer != "shop" or not dispute.fee or not any(weights):
        return {}
    fees = dispute.fee.split(weights)
    return {shared.line.pk: fee for (shared, _), fee in zip(moves, fees, strict=True)}
