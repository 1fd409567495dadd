"""What stops an order or a refund, each with what the page needs to say it well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creatorhub.money import Money


class CheckoutRefusedError(Exception):
    """An order that was not placed. Nothing was held, nothing was asked for."""


class EmptyBasketError(CheckoutRefusedError):
    """There is nothing in the basket, or it was ordered already and cannot be found."""


class AddressMissingError(CheckoutRefusedError):
    """Something must be sent and nobody said where."""


class MixedBasketError(CheckoutRefusedError):
    """One order is in one currency."""


class AmountTooSmallError(CheckoutRefusedError):
    """Less than a card processor can take. `minimum` is the smallest it can."""

    def __init__(self, minimum: Money) -> None:
        super().__init__(f"less than {minimum}")
        self.minimum = minimum


class SoldOutError(CheckoutRefusedError):
    """Some lines cannot be had any more. `titles` names them for the buyer."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = list(titles)


class WayToPayRefusedError(CheckoutRefusedError):
    """The basket's shop does not take it this way (any more). `problem` is one of
    `sales.offline_ways`."""

    def __init__(self, gateway: str, problem: str) -> None:
        super().__init__(f"{gateway}: {problem}")
        self.gateway = gateway
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ChangedPrice:
    """One line whose price is no longer what the buyer put into the basket."""

    title: str
    before: Money
    after: Money


class PriceChangedError(CheckoutRefusedError):
    """Prices moved since they went into the basket. `changes` says from what to what.

    The basket has the new prices now, so confirming again accepts them.
    """

    def __init__(self, changes: Sequence[ChangedPrice]) -> None:
        super().__init__(", ".join(change.title for change in changes))
        self.changes = list(changes)


class RefundRefusedError(ValueError):
    """A refund that cannot be given. Its text is the sentence that says why."""


class RequestRefusedError(ValueError):
    """A buyer's request for money back that cannot be made or answered (so). Says why."""


class CashRefusedError(ValueError):
    """Something that cannot be said of an order its shop collects (any more)."""


class PaidInBeforeError(CashRefusedError):
    """A bank reference that was counted already, for another amount."""


class CorrectionRefusedError(ValueError):
    """An e-mail address that cannot be corrected any more."""


class DisputeRefusedError(ValueError):
    """Something that cannot be said in a dispute any more. Its text is the sentence why."""


class FreezeRefusedError(ValueError):
    """Money that cannot be frozen (so). Its text is the sentence that says why."""


class AppealRefusedError(ValueError):
    """An appeal that cannot be made or answered any more. Its text says why."""
