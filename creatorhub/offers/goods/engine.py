"""The engine of physical goods, as the ways see it."""

from __future__ import annotations

from typing import Any

from creatorhub.offers.goods.services import cancel, return_pieces, start_fulfilment
from creatorhub.offers.way import Delivery, Purchase


class GoodsEngine:
    """A parcel per line, with a promised date."""

    key = "goods"
    sends_parcels = True
    product_class = "goods"

    def deliver(self, purchase: Purchase) -> Delivery:
        fulfilment = start_fulfilment(order_line=purchase.order_line, shop=purchase.listing.shop)
        return Delivery(ship_by_on=fulfilment.ship_by_on)

    def take_back(self, *, order_line: Any, quantity: int, restock: int) -> None:
        return_pieces(order_line=order_line, quantity=quantity, restock=restock)

    def revoke(self, *, order_line: Any, reason_code: str) -> None:
        cancel(order_line=order_line)

    def restore(self, *, order_line: Any) -> None:
        """Nothing: its stock may be sold by now. The shop and staff are told and decide."""


GOODS = GoodsEngine()
