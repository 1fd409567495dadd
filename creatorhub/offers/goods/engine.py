"""The engine of physical goods, as the ways see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creatorhub.offers.goods.services import cancel, return_pieces, start_fulfilments
from creatorhub.offers.way import Delivery, Purchase


class GoodsEngine:
    """A parcel per line, with a promised date."""

    key = "goods"
    sends_parcels = True
    product_class = "goods"

    def deliver(self, purchases: Sequence[Purchase]) -> list[Delivery]:
        started = start_fulfilments(
            shops={purchase.order_line.pk: purchase.listing.shop for purchase in purchases}
        )
        return [Delivery(ship_by_on=started[one.order_line.pk].ship_by_on) for one in purchases]

    def take_back(self, *, order_line: Any, quantity: int, restock: int) -> None:
        return_pieces(order_line=order_line, quantity=quantity, restock=restock)

    def revoke(self, *, order_line: Any, reason_code: str) -> None:
        cancel(order_line=order_line)

    def restore(self, *, order_line: Any) -> None:
        """Nothing: its stock may be sold by now. The shop and staff are told and decide."""


GOODS = GoodsEngine()
