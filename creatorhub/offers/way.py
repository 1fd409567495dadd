"""The protocol behind every way to earn.

A way is an engine, a form, its words and its picture. The engine knows how a bought line is
delivered, taken back and given again; a way only chooses and names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django_stubs_ext import StrPromise

from creatorhub.shops.models import Listing


@dataclass(frozen=True, slots=True)
class Purchase:
    """One paid order line, as an engine needs to know it."""

    order_line: Any
    listing: Listing
    email: str
    user: Any


@dataclass(frozen=True, slots=True)
class Delivery:
    """What delivering began. `ship_by_on` is the promised date where something must be sent."""

    ship_by_on: dt.date | None = None


class Engine(Protocol):
    """How bought lines are delivered. Called inside the sale's transaction; must be repeatable."""

    key: str
    sends_parcels: bool
    product_class: str

    def deliver(self, purchases: Sequence[Purchase]) -> list[Delivery]:
        """Begin the delivery of paid lines; the answers come in their order."""
        ...

    def take_back(self, *, order_line: Any, quantity: int, restock: int) -> None:
        """So many pieces of the line were given back, `restock` of which can be sold again."""
        ...

    def revoke(self, *, order_line: Any, reason_code: str) -> None:
        """The line was given back whole: stop sending it, close its access."""
        ...

    def restore(self, *, order_line: Any) -> None:
        """Giving the money back failed: the buyer keeps what they paid for."""
        ...


@dataclass(frozen=True, slots=True)
class Way:
    """One way to earn: its engine, its words, its icon (lucide) and its form's fields in order."""

    key: str
    engine: Engine | None
    name: StrPromise
    pitch: StrPromise
    first_step: StrPromise
    icon: str
    fields: tuple[str, ...] = ()

    @property
    def sends_parcels(self) -> bool:
        return self.engine is not None and self.engine.sends_parcels

    @property
    def sells(self) -> bool:
        """Whether listings can be made in this way (a shop by itself is not a listing)."""
        return self.engine is not None
