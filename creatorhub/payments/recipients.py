"""What a processor that pays people can do, and the words it is asked and answers in.

A recipient is somebody the processor knows well enough to send money to (Stripe: a connected
account with the recipient configuration). Separate from `PaymentGateway`: most countries collect
with one company and pay people with another.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from creatorhub.money import Money


@dataclass(frozen=True, slots=True)
class RecipientStatus:
    """What the processor says of a recipient now.

    `due` names what is still asked for, in the processor's words; `due_by` when it stops paying.
    """

    is_ready: bool
    due: tuple[str, ...] = ()
    due_by: dt.datetime | None = None
    disabled_reason: str = ""


@dataclass(frozen=True, slots=True)
class SentTransfer:
    """Money that left for a recipient. `reversed` is what came back since."""

    provider_id: str
    amount: Money
    reversed: Money


class RecipientGateway(Protocol):
    """The side of a processor that pays people. Every call may be repeated; none is made inside
    a database transaction; each may raise ProcessorSilentError (`payments.errors`).
    """

    @property
    def name(self) -> str: ...

    def create_recipient(
        self, *, reference: str, country: str, email: str, idempotency_key: str
    ) -> str:
        """Make a recipient known and return its id. `country` is ISO 3166-1 alpha-2."""
        ...

    def onboarding_link(self, *, recipient_id: str, return_url: str, refresh_url: str) -> str:
        """A short-lived address where the person gives the processor what it asks for."""
        ...

    def recipient_status(self, recipient_id: str) -> RecipientStatus: ...

    def transfer(
        self,
        *,
        recipient_id: str,
        amount: Money,
        group: str,
        source_payment: str,
        idempotency_key: str,
    ) -> SentTransfer:
        """Send money. `source_payment` (may be empty) is the charge it comes from: the transfer
        then waits for that charge's money. `group` names the order. TransferRefusedError.
        """
        ...

    def find_transfer(self, *, group: str, idempotency_key: str) -> SentTransfer | None:
        """What the processor knows of this key, for ever: its own key store may be pruned after a
        day, so the key travels in the transfer's metadata. None: it never happened.
        """
        ...

    def reverse_transfer(
        self, *, transfer_id: str, amount: Money, idempotency_key: str
    ) -> SentTransfer:
        """Take money back from a recipient; TransferRefusedError when it is not there any more."""
        ...

    def balance(self, currency: str) -> Money:
        """What the processor holds for us in this currency, available and pending together."""
        ...
