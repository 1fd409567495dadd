"""The engine of access, as the ways see it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creatorhub.offers.access.services import grant_access, reopen_access, revoke_access
from creatorhub.offers.way import Delivery, Purchase


class AccessEngine:
    """A grant per line, open at once."""

    key = "access"
    sends_parcels = False
    product_class = "download"

    def deliver(self, purchases: Sequence[Purchase]) -> list[Delivery]:
        grant_access(purchases=purchases)
        return [Delivery() for _purchase in purchases]

    def take_back(self, *, order_line: Any, quantity: int, restock: int) -> None:
        """Nothing: a file is not counted."""

    def revoke(self, *, order_line: Any, reason_code: str) -> None:
        revoke_access(order_line=order_line, reason_code=reason_code)

    def restore(self, *, order_line: Any) -> None:
        reopen_access(order_line=order_line)


ACCESS = AccessEngine()
