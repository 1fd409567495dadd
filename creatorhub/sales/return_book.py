"""The entries of payments that became no sale (docs/money.md, "When something goes wrong").

Taken and returned are two facts: between them, and after a return that failed, the market owes
the buyer (`buyer_credit`). A kind of entry per reason: late, aside, surplus.
"""

from __future__ import annotations

from creatorhub.ledger.entry import AccountRef, EntryLine
from creatorhub.ledger.services import post_entry
from creatorhub.sales.book import BANK, BUYER_CREDIT, PROCESSOR, order_reference
from creatorhub.sales.models import Refund, ReturnedPayment

KINDS = {
    "paid_after_expiry": "late",
    "amount_differs": "aside",
    "currency_differs": "aside",
    "paid_too_much": "surplus",
}


def post_payment_taken(row: ReturnedPayment) -> None:
    """The money is here and is the buyer's."""
    _post(row, "paid", PROCESSOR, BUYER_CREDIT, suffix="")


def post_return(row: ReturnedPayment) -> None:
    """It goes back: where it came from, or from the market's own bank."""
    paid_from = BANK if row.way == Refund.Way.BANK else PROCESSOR
    _post(row, "refunded", BUYER_CREDIT, paid_from, suffix=_again(row))


def post_return_failed(row: ReturnedPayment) -> None:
    """It did not arrive: it is owed again."""
    _post(row, "refund_failed", PROCESSOR, BUYER_CREDIT, suffix=_again(row))


def _again(row: ReturnedPayment) -> str:
    """A second try is a fact of its own."""
    return f":{row.tries}" if row.tries > 1 else ""


def _post(
    row: ReturnedPayment, event: str, debited: AccountRef, credited: AccountRef, *, suffix: str
) -> None:
    number = row.checkout.order.number
    kind = f"{KINDS[row.reason_code]}.{event}"
    about = {"kind": kind, "order": number, "reason_code": row.reason_code}
    post_entry(
        kind=kind,
        reference=order_reference(number),
        idempotency_key=f"{kind}:{number}{suffix}",
        lines=[
            EntryLine(debited, "debit", row.amount, about),
            EntryLine(credited, "credit", row.amount, about),
        ],
    )
