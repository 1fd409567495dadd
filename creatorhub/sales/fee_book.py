"""The entry of what the processor keeps of a payment (docs/money.md, "The processor's fee")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.sales.book import PROCESSOR, Draft, order_reference
from creatorhub.sales.models import Sale

PROCESSOR_FEES = AccountRef("processor_fees")
TAKEN_FROM = ("payee_payable", "payee_receivable")
REASON = "processor_fee"


def fee_key(order_number: str) -> str:
    """An order's payment has one fee."""
    return f"processor_fee:{order_number}"


def post_kept_fee(*, order_number: str, fee: Money) -> None:
    """The processor kept its fee, and it is the market's cost.

    No Draft: it would lock the market's fees after the processor's balance, against their order,
    where the payment became no sale.
    """
    about = _about("processor_fee.kept", order_number)
    post_entry(
        kind="processor_fee",
        reference=order_reference(order_number),
        idempotency_key=fee_key(order_number),
        lines=[debit(PROCESSOR_FEES, fee, **about), credit(PROCESSOR, fee, **about)],
    )


def post_borne_fee(
    *, order_number: str, fee: Money, borne: Mapping[Sale, Money], owners: Mapping[int, str]
) -> None:
    """The same, and what shops bear of it is taken from what they can be paid.

    `borne` is each shop's part, by its sale; `owners` their names in the book, by party id.
    """
    shops = {sale: owners[sale.shop.owner_id] for sale in borne}
    taken = [AccountRef(name, owner) for owner in shops.values() for name in TAKEN_FROM]
    draft = Draft(shares=[], currency=fee.currency, also=[PROCESSOR_FEES, *taken])
    kept = _about("processor_fee.kept", order_number)
    draft.credit(PROCESSOR_FEES, -fee.minor, kept)
    draft.credit(PROCESSOR, fee.minor, kept)
    for sale, part in borne.items():
        about = _about("processor_fee.charged", order_number, shop=sale.shop.handle)
        draft.take(shops[sale], part.minor, about)
        draft.credit(PROCESSOR_FEES, part.minor, about)
    draft.post(kind="processor_fee", order_number=order_number, key=fee_key(order_number))


def _about(kind: str, order_number: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "order": order_number, "reason_code": REASON, **more}
