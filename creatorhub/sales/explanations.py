"""What each posting of a sale says about itself, frozen when it is posted.

`kind` plus parameters; every sentence people read about money is made from these. Kinds:

    sale.paid          what the buyer paid                            order
    sale.share         the shop's own share of an item                a line
    sale.shipping      what the buyer paid for sending                a line
    sale.fee           the market's fee on an item                    a line
    sale.commission    what the person who shared it earns            a line, a link
    processor_fee.kept      what the processor kept of a payment      order, reason_code
    processor_fee.charged   a shop's part of it                       order, reason_code, shop
    refund.paid        what went back to the buyer                    order, refund
    refund.share / refund.shipping / refund.fee / refund.commission   a line (a link), refund
    refund_failed.*    the same, put back because the refund did not arrive
    release.share / release.shipping / release.commission             a line (a link)
    release.netted     used to settle what the payee owed             a line (a link)
    rehold.share / rehold.shipping / rehold.commission   waits again  a line (a link), reason_code
    dispute.taken / dispute.fee / dispute.won   the bank's moves      order, dispute
    dispute.fee_charged     what the processor kept, borne by a shop  a line, dispute
    dispute_lost.share / .shipping / .fee / .commission               a line (a link), dispute
    dispute_lost.paid / dispute_lost.nothing_left                     order, dispute
    late.paid / late.refunded / late.refund_failed   paid after the order had closed   order
    aside.*            the same, of a payment that was not what was asked for
    surplus.*          the same, of what was paid too much

A line: order, shop, line, title, base_minor, fee_bps, fee_minor, commission_minor.
A link: rate_bps, link, channel. A refund: refund, reason_code, refunded_minor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from creatorhub.affiliates.models import Commission
from creatorhub.sales.models import Refund, SaleLine


@dataclass(frozen=True, slots=True)
class Shared:
    """One line with everybody who has a share in it, as the book names them."""

    line: SaleLine
    shop_owner: str
    affiliate_owner: str = ""
    commission: Commission | None = None

    @property
    def is_net_held(self) -> bool:
        """Whether the shop's share waits: not released, or taken back to held."""
        return self.line.released_at is None

    @property
    def is_commission_held(self) -> bool:
        """Whether the affiliate's share waits; it may be paid out alone."""
        return self.commission is not None and self.commission.released_at is None

    def is_held_for(self, owner: str) -> bool:
        """Where this owner's share of the line lies: held, or released."""
        return self.is_commission_held if owner == self.affiliate_owner else self.is_net_held


def about_line(kind: str, shared: Shared, **more: Any) -> dict[str, Any]:
    """A posting about one line."""
    line = shared.line
    return {
        "kind": kind,
        "order": line.sale.order.number,
        "shop": line.sale.shop.handle,
        "line": line.pk,
        "title": line.title,
        "base_minor": line.base_minor,
        "fee_bps": line.sale.fee_bps if line.fee_minor else 0,
        "fee_minor": line.fee_minor,
        "commission_minor": line.commission_minor,
        **more,
    }


def about_commission(kind: str, shared: Shared, **more: Any) -> dict[str, Any]:
    """A posting about what a line's link earned."""
    commission = shared.commission
    if commission is None:
        raise ValueError(f"line {shared.line.pk} earned nobody a commission")
    return about_line(
        kind,
        shared,
        rate_bps=commission.rate_bps,
        link=commission.attribution.link.code,
        channel=commission.attribution.channel,
        **more,
    )


def about_share(event: str, shared: Shared, **more: Any) -> dict[str, Any]:
    """A posting about the shop's part of a line: an item's share, or its shipping."""
    part = "shipping" if shared.line.kind == SaleLine.Kind.SHIPPING else "share"
    return about_line(f"{event}.{part}", shared, **more)


def about_refund(refund: Refund, refunded_minor: int) -> dict[str, Any]:
    """The parameters a refund adds to a line's posting."""
    return {
        "refund": refund.pk,
        "reason_code": refund.reason_code,
        "refunded_minor": refunded_minor,
    }
