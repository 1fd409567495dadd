"""What every payout rail can do, and the three manners of paying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from creatorhub.foundation.reasons import Words
from creatorhub.money import Money


class RailTimeoutError(Exception):
    """Nobody knows whether the money left. It is looked up before anything is tried again."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What the far side says became of a payout. A failed one carries its reason code."""

    state: Literal["paid", "failed"]
    reference: str
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class Transferred:
    """A part of a payout at the processor; `reversed` is what came back of it since."""

    reference: str
    amount: Money
    reversed: Money


@dataclass(frozen=True, slots=True)
class PartOrder:
    """One transfer to be made. `key` names it for ever: the same key never pays twice.

    `group` names the order it is for; `source` (may be empty) the charge it draws on.
    """

    key: str
    group: str
    source: str
    destination: str
    amount: Money


class Rail(Protocol):
    """One way to pay. Whether a payee can be paid this way is kept in `Payee.is_ready`."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> Words: ...


@runtime_checkable
class WholeRail(Rail, Protocol):
    """Pays each payout at once. `key` names the payout for ever."""

    def find(self, *, key: str) -> Transfer | None:
        """What the far side knows of this key; None when it never heard of it."""
        ...

    def send(self, *, key: str, amount: Money, destination: str) -> Transfer:
        """Pay; RailTimeoutError when the answer never came."""
        ...


@runtime_checkable
class PartsRail(Rail, Protocol):
    """Pays a payout as one transfer per order. Each call may raise RailTimeoutError."""

    def find_part(self, part: PartOrder) -> Transferred | None: ...

    def send_part(self, part: PartOrder) -> Transferred:
        """PartRefusedError when the processor says no, for good."""
        ...

    def reverse_part(self, *, part: PartOrder, reference: str, amount: Money, key: str) -> None:
        """Take money back; PartRefusedError when it is not there any more."""
        ...

    def source_gateway(self, destination: str) -> str:
        """Whose charges transfers to this destination may draw on."""
        ...


@runtime_checkable
class ByHandRail(Rail, Protocol):
    """Pays nobody by itself: people hand a batch to a bank and write down what became of it."""

    def file_rows(self, destinations: list[str]) -> dict[str, dict[str, str]]:
        """What the bank must know of each destination."""
        ...


class PartRefusedError(Exception):
    """The processor said no to one transfer. `reason_code` has words."""

    def __init__(self, reason_code: str, told: str = "") -> None:
        super().__init__(told or reason_code)
        self.reason_code = reason_code
