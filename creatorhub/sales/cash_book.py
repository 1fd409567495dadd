"""The entries of orders that their shop collects (docs/money.md, "Collected by the shop").

The buyer's money never passes the market, so the shop's own share is in no entry. What the market
and the affiliate earn becomes the shop's debt when the money is confirmed: `payee_receivable`.
The debt shrinks with the shop's next releases (`Draft.give` nets them), by a payment, or when the
shop gives the buyer money back.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import Posting
from creatorhub.ledger.services import lock_accounts, post_entry
from creatorhub.money import Money
from creatorhub.sales.book import FEES, Draft, release_key
from creatorhub.sales.explanations import Shared, about_commission, about_line, about_refund
from creatorhub.sales.models import Refund, Sale
from creatorhub.sales.reversal import Reversed

BANK = AccountRef("bank")


def collected_key(order_number: str) -> str:
    """The idempotency key of a collected order's entry."""
    return f"cash_collected:{order_number}"


def post_cash_collected(*, sale: Sale, shares: Sequence[Shared]) -> None:
    """The shop has the buyer's money: it owes the fee, and the commission, of every line."""
    draft = Draft(shares=shares, currency=sale.currency)
    for shared in shares:
        line = shared.line
        about = about_line("cash.fee", shared)
        draft.credit(_debt_of(shared), -line.fee_minor, about)
        draft.credit(FEES, line.fee_minor, about_line("sale.fee", shared))
        if shared.commission is not None:
            owed = about_commission("cash.commission", shared)
            earned = about_commission("sale.commission", shared)
            held = AccountRef("payee_held", shared.affiliate_owner)
            draft.credit(_debt_of(shared), -line.commission_minor, owed)
            draft.credit(held, line.commission_minor, earned)
    number = sale.order.number
    draft.post(kind="cash_collected", order_number=number, key=collected_key(number))


def post_cash_refund(
    *, event: str, refund: Refund, moves: Sequence[tuple[Shared, Reversed]]
) -> None:
    """The shop gave the buyer money back (or, with negative parts, did not after all).

    Fee and commission follow by the same cumulative formula as everywhere; the shop owes that
    much less, and what it had settled already becomes payable to it. `event` is "refund" or
    "refund_failed".
    """
    draft = Draft(shares=[shared for shared, _ in moves], currency=refund.sale.currency)
    for shared, moved in moves:
        more = about_refund(refund, abs(moved.refunded.minor))
        if shared.commission is not None:
            about = about_commission(f"{event}.commission", shared, **more)
            draft.reverse(shared.affiliate_owner, moved.commission.minor, shared, about)
        draft.credit(FEES, -moved.fee.minor, about_line(f"{event}.fee", shared, **more))
        owed_less = moved.fee.minor + moved.commission.minor
        _change_debt(draft, shared, owed_less, about_line(f"cash.{event}", shared, **more))
    number = refund.sale.order.number
    draft.post(kind=event, order_number=number, key=f"{event}:{refund.pk}")


def post_cash_release(*, shared: Shared) -> None:
    """All holds have ended, the shop's debt among them: the commission is the affiliate's."""
    if not shared.is_commission_held:
        return
    line = shared.line
    minor = line.commission_left.minor
    draft = Draft(shares=[shared], currency=line.sale.currency)
    about = about_commission("release.commission", shared)
    netted = about | {"kind": "release.netted"}
    draft.credit(AccountRef("payee_held", shared.affiliate_owner), -minor, about)
    draft.give(shared.affiliate_owner, minor, about, netted=netted)
    draft.post(kind="release", order_number=line.sale.order.number, key=release_key(line))


def post_debt_netted(*, owner: str, currency: str) -> Money:
    """Settle what a shop owes from what is payable to it; returns what is still owed."""
    payable, owed = AccountRef("payee_payable", owner), AccountRef("payee_receivable", owner)
    locked = lock_accounts(refs=[payable, owed], currency=currency)
    debt = locked[owed.code].balance_minor
    minor = min(max(locked[payable.code].balance_minor, 0), debt)
    if minor > 0:
        # The last posting under the lock names this netting once, however often it is tried.
        last = Posting.objects.filter(account__in=locked.values()).latest("id").pk
        about = {"kind": "debt.netted"}
        amount = Money(minor, currency)
        post_entry(
            kind="debt_netted",
            reference=f"payee:{owner}",
            idempotency_key=f"debt_netted:{owner}:{currency}:{last}",
            lines=[debit(payable, amount, **about), credit(owed, amount, **about)],
        )
    return Money(debt - max(minor, 0), currency)


def post_paid_in(*, owner: str, amount: Money, reference: str) -> None:
    """A shop paid in what it owes, to the market's own account. One entry per bank reference."""
    about: dict[str, Any] = {"kind": "debt.paid_in", "paid_reference": reference}
    post_entry(
        kind="debt_paid_in",
        reference=f"payee:{owner}",
        idempotency_key=f"debt_paid_in:{owner}:{reference}",
        lines=[
            debit(BANK, amount, **about),
            credit(AccountRef("payee_receivable", owner), amount, **about),
        ],
    )


def _debt_of(shared: Shared) -> AccountRef:
    return AccountRef("payee_receivable", shared.shop_owner)


def _change_debt(draft: Draft, shared: Shared, less: int, about: dict[str, Any]) -> None:
    """The shop owes `less` (more, when negative); what it owes nobody any more is payable."""
    debt = _debt_of(shared)
    off = min(draft.balances.get(debt.code, 0), less) if less > 0 else less
    draft.credit(debt, off, about)
    draft.credit(AccountRef("payee_payable", shared.shop_owner), less - off, about)
