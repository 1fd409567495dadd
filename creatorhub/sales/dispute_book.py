"""The entries of disputes, and of money that waits again (docs/money.md, "Disputes").

Money a bank took lies in `disputes_in_review` until it decides. Nobody's share moves before that:
it only waits. A lost dispute reverses the same shares a refund of the same amount would.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creatorhub.ledger.entry import AccountRef
from creatorhub.money import Money
from creatorhub.sales.book import FEES, PROCESSOR, Draft
from creatorhub.sales.explanations import Shared, about_commission, about_line, about_share
from creatorhub.sales.models import Dispute, Rehold
from creatorhub.sales.reversal import Reversed

IN_REVIEW = AccountRef("disputes_in_review")
DISPUTE_FEES = AccountRef("dispute_fees")
BAD_DEBT = AccountRef("bad_debt")


def post_taken(*, dispute: Dispute) -> None:
    """The bank took the money, and the processor its fee."""
    draft = Draft(shares=[], currency=dispute.currency, also=[IN_REVIEW, DISPUTE_FEES])
    _debit(draft, IN_REVIEW, dispute.amount_minor, _about("dispute.taken", dispute))
    _debit(draft, DISPUTE_FEES, dispute.fee_minor, _about("dispute.fee", dispute))
    _credit(draft, PROCESSOR, dispute.amount_minor, _about("dispute.taken", dispute))
    _credit(draft, PROCESSOR, dispute.fee_minor, _about("dispute.fee", dispute))
    draft.post(
        kind="dispute_taken", order_number=dispute.order.number, key=f"dispute_taken:{dispute.pk}"
    )


def post_won(*, dispute: Dispute, fee_change: int) -> None:
    """The bank gave the money back. `fee_change`: what the fee is now above what was posted."""
    draft = Draft(shares=[], currency=dispute.currency, also=[IN_REVIEW, DISPUTE_FEES])
    _debit(draft, PROCESSOR, dispute.amount_minor, _about("dispute.won", dispute))
    _credit(draft, IN_REVIEW, dispute.amount_minor, _about("dispute.won", dispute))
    _change_fee(draft, dispute, fee_change)
    draft.post(
        kind="dispute_won", order_number=dispute.order.number, key=f"dispute_won:{dispute.pk}"
    )


def post_lost(
    *,
    dispute: Dispute,
    moves: Sequence[tuple[Shared, Reversed]],
    charged: dict[int, Money],
    fee_change: int,
) -> None:
    """The buyer keeps the money: every share follows, as with a refund.

    What is more than was left of the lines (they had been given back before) is the market's
    loss. `charged` is the part of the fee that falls on each line's shop, by SaleLine id.
    """
    draft = Draft(
        shares=[shared for shared, _ in moves],
        currency=dispute.currency,
        also=[IN_REVIEW, DISPUTE_FEES, BAD_DEBT],
    )
    for shared, moved in moves:
        more = _more(dispute, refunded_minor=moved.refunded.minor)
        about = about_share("dispute_lost", shared, **more)
        draft.reverse(shared.shop_owner, moved.net.minor, shared, about)
        if shared.commission is not None:
            about = about_commission("dispute_lost.commission", shared, **more)
            draft.reverse(shared.affiliate_owner, moved.commission.minor, shared, about)
        draft.credit(FEES, -moved.fee.minor, about_line("dispute_lost.fee", shared, **more))
    reversed_minor = sum(moved.refunded.minor for _, moved in moves)
    lost = dispute.amount_minor - reversed_minor
    _debit(draft, BAD_DEBT, lost, _about("dispute_lost.nothing_left", dispute))
    _credit(draft, IN_REVIEW, dispute.amount_minor, _about("dispute_lost.paid", dispute))
    for shared, _ in moves:
        fee = charged.get(shared.line.pk)
        if fee:
            about = about_line("dispute.fee_charged", shared, **_more(dispute))
            draft.take(shared.shop_owner, fee.minor, about)
            _credit(draft, DISPUTE_FEES, fee.minor, about)
    _change_fee(draft, dispute, fee_change)
    draft.post(
        kind="dispute_lost", order_number=dispute.order.number, key=f"dispute_lost:{dispute.pk}"
    )


def post_rehold(draft: Draft, *, shared: Shared, row: Rehold) -> None:
    """Released shares wait again: from what is payable, the rest owed again.

    The rest had settled an earlier debt of the payee; that debt is open again meanwhile.
    """
    more = {"reason_code": row.reason_code}
    if row.net_minor:
        about = about_share("rehold", shared, **more)
        draft.take(shared.shop_owner, row.net_minor, about)
        draft.credit(AccountRef("payee_held", shared.shop_owner), row.net_minor, about)
    if row.commission_minor:
        about = about_commission("rehold.commission", shared, **more)
        draft.take(shared.affiliate_owner, row.commission_minor, about)
        draft.credit(AccountRef("payee_held", shared.affiliate_owner), row.commission_minor, about)
    draft.post(kind="rehold", order_number=shared.line.sale.order.number, key=f"rehold:{row.pk}")


def _change_fee(draft: Draft, dispute: Dispute, minor: int) -> None:
    """Processors may give a fee back, or take another, when they decide."""
    about = _about("dispute.fee", dispute)
    draft.credit(DISPUTE_FEES, -minor, about)
    draft.credit(PROCESSOR, minor, about)


def _debit(draft: Draft, account: AccountRef, minor: int, about: dict[str, Any]) -> None:
    draft.credit(account, -minor, about)


def _credit(draft: Draft, account: AccountRef, minor: int, about: dict[str, Any]) -> None:
    draft.credit(account, minor, about)


def _about(kind: str, dispute: Dispute) -> dict[str, Any]:
    return {"kind": kind, "order": dispute.order.number, **_more(dispute)}


def _more(dispute: Dispute, **more: Any) -> dict[str, Any]:
    code = "dispute_lost" if dispute.state == Dispute.State.LOST else "dispute"
    return {"dispute": dispute.pk, "reason_code": code, **more}
