"""How much of each share is reversed once part of a line has been given back.

A pure function of the line and of what was refunded in all, so the order and the splitting of
refunds never matter (docs/money.md, "Refunds").
"""

from __future__ import annotations

from dataclasses import dataclass

from creatorhub.money import Money, reversed_share
from creatorhub.sales.models import SaleLine


@dataclass(frozen=True, slots=True)
class Reversed:
    """What is reversed: fee + commission + net = refunded."""

    refunded: Money
    fee: Money
    commission: Money

    @property
    def net(self) -> Money:
        return self.refunded - self.fee - self.commission

    def since(self, earlier: Reversed) -> Reversed:
        """The difference; parts can be negative by a step of rounding, or when a refund failed."""
        return Reversed(
            self.refunded - earlier.refunded,
            self.fee - earlier.fee,
            self.commission - earlier.commission,
        )


def reversed_so_far(line: SaleLine) -> Reversed:
    """What the line's row says."""
    currency = line.sale.currency
    return Reversed(
        Money(line.refunded_minor, currency),
        Money(line.fee_reversed_minor, currency),
        Money(line.commission_reversed_minor, currency),
    )


def reversed_at(line: SaleLine, refunded: Money) -> Reversed:
    """What is reversed of a line once `refunded` of its base has been given back, in all.

    Fee and commission are rounded down. Where that would leave the shop owing a step for a line
    that is not wholly refunded, the market gives up that step of its fee.
    """
    currency = line.sale.currency
    base = Money(line.base_minor, currency)
    fee_share = Money(line.fee_minor, currency)
    fee = reversed_share(share=fee_share, base=base, refunded=refunded)
    commission = reversed_share(
        share=Money(line.commission_minor, currency), base=base, refunded=refunded
    )
    net_left = Money(line.net_minor, currency) - (refunded - fee - commission)
    if net_left.minor < 0:
        fee = min(fee - net_left, fee_share)
    return Reversed(refunded, fee, commission)
