"""What every payment gateway can do, and the words it is asked and answers in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from creatorhub.money import Money

PageState = Literal["open", "paid", "expired"]
RefundState = Literal["requested", "succeeded", "failed"]
DisputeState = Literal["inquiry", "needs_response", "under_review", "won", "lost", "withdrawn"]


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """What the buyer sees on the provider's page. `amount` is for the whole line."""

    title: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class CheckoutRequest:
    """A hosted page to be made. The same `idempotency_key` again gives the same page."""

    reference: str
    amount: Money
    lines: tuple[CheckoutLine, ...]
    email: str
    success_url: str
    cancel_url: str
    language: str
    expires_at: dt.datetime
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class HostedPage:
    """Where the buyer pays."""

    provider_id: str
    url: str


@dataclass(frozen=True, slots=True)
class CheckoutStatus:
    """The gateway's word on a page. `payment_id` and `amount` are there once it is paid.

    `fee` is what the processor kept of the payment, in the payment's currency; None when it keeps
    nothing, or has not said yet.
    """

    state: PageState
    payment_id: str = ""
    amount: Money | None = None
    fee: Money | None = None


@dataclass(frozen=True, slots=True)
class RefundResult:
    """What became of a refund; "requested" is answered later by an event."""

    state: RefundState
    provider_id: str


@dataclass(frozen=True, slots=True)
class DisputeStatus:
    """The gateway's word on a dispute. An inquiry takes no money; "withdrawn" ends one.

    `amount` is what is disputed, `fee` what the processor keeps for it; `due_by` is the last
    moment for an answer.
    """

    provider_id: str
    payment_id: str
    state: DisputeState
    amount: Money
    fee: Money
    reason: str
    due_by: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """An event in our words, or in theirs when we have none for it.

    Ours: "checkout.paid" (data: "reference", the attempt's), "refund.succeeded" and
    "refund.failed" ("refund", the refund's reference), "dispute.opened", "dispute.updated" and
    "dispute.closed" ("dispute", the provider's id, and "payment"), "recipient.updated" and
    "recipient.payout_failed" ("recipient", the provider's id).
    """

    event_id: str
    type: str
    account: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class PaymentGateway(Protocol):
    """One processor. Every call may be repeated; none is made inside a database transaction."""

    @property
    def name(self) -> str: ...

    def create_checkout(self, request: CheckoutRequest) -> HostedPage:
        """Make the hosted page; KeyReusedError when the key named another request."""
        ...

    def retrieve_checkout(self, provider_id: str) -> CheckoutStatus:
        """What the processor says now, never what an event said earlier."""
        ...

    def expire_checkout(self, provider_id: str) -> CheckoutStatus:
        """Close the page. "paid" means the buyer was faster; only "expired" is a confirmation."""
        ...

    def refund(self, *, payment_id: str, amount: Money, idempotency_key: str) -> RefundResult:
        """Give money back; RefundTooLargeError when more than was paid."""
        ...

    def retrieve_dispute(self, provider_id: str) -> DisputeStatus: ...

    def answer_dispute(self, *, provider_id: str, evidence: str, idempotency_key: str) -> None:
        """Send our side of it, once and for good."""
        ...

    def parse_event(self, *, payload: bytes, headers: Mapping[str, str]) -> GatewayEvent:
        """Check the signature and read the event; SignatureError otherwise."""
        ...
