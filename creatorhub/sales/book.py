"""The entries that sales write into the book (docs/money.md has them worked out to the cent).

Where a line's money lies follows from the line: held until it is released, payable afterwards,
and a receivable for what was paid out already. So what is held for a payee always equals the
shares of their lines that were not released yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creatorhub.ledger.entry import AccountRef, EntryLine
from creatorhub.ledger.services import lock_accounts, post_entry
from creatorhub.money import Money
from creatorhub.payouts.services.recover_transfers import ask_recovery
from creatorhub.sales.explanations import (
    Shared,
    about_commission,
    about_line,
    about_refund,
    about_share,
)
from creatorhub.sales.models import Refund, Rehold, Sale, SaleLine
from creatorhub.sales.reversal import Reversed

PROCESSOR = AccountRef("processor_balance")
BANK = AccountRef("bank")
FEES = AccountRef("platform_fees")
BUYER_CREDIT = AccountRef("buyer_credit")
PAYEE_ACCOUNTS = ("payee_held", "payee_payable", "payee_receivable")


def order_reference(order_number: str) -> str:
    """How the book names an order."""
    return f"order:{order_number}"


class Draft:
    """An entry being written under the locks of every account it may touch.

    All are taken at once and in one order, so that two drafts never wait for each other.
    """

    def __init__(
        self, *, shares: Sequence[Shared], currency: str, also: Sequence[AccountRef] = ()
    ) -> None:
        owners = {owner for one in shares for owner in (one.shop_owner, one.affiliate_owner)}
        refs = [AccountRef(name, owner) for owner in owners - {""} for name in PAYEE_ACCOUNTS]
        locked = lock_accounts(refs=[*refs, *also, FEES, PROCESSOR], currency=currency)
        self.balances = {code: account.balance_minor for code, account in locked.items()}
        self.currency = currency
        self.lines: list[EntryLine] = []

    def credit(self, account: AccountRef, minor: int, about: dict[str, Any]) -> None:
        """Add a line; a negative amount is a debit, nothing is no line."""
        if minor:
            side = EntryLine(
                account, "credit" if minor > 0 else "debit", Money(abs(minor), self.currency), about
            )
            self.lines.append(side)
            grows = minor if account.name != "payee_receivable" else -minor
            self.balances[account.code] = self.balances.get(account.code, 0) + grows

    def give(self, owner: str, minor: int, about: dict[str, Any], netted: dict[str, Any]) -> None:
        """Make an amount payable; what the payee owes is settled from it first."""
        self.credit(AccountRef("payee_payable", owner), minor, about)
        receivable = AccountRef("payee_receivable", owner)
        owed = min(self.balances.get(receivable.code, 0), minor)
        self.credit(AccountRef("payee_payable", owner), -owed, netted)
        self.credit(receivable, owed, netted)

    def take(self, owner: str, minor: int, about: dict[str, Any]) -> None:
        """Take back a released amount: from what is payable, the rest becomes a receivable."""
        payable = AccountRef("payee_payable", owner)
        there = min(max(self.balances.get(payable.code, 0), 0), minor)
        self.credit(payable, -there, about)
        self.credit(AccountRef("payee_receivable", owner), -(minor - there), about)

    def reverse(self, owner: str, minor: int, shared: Shared, about: dict[str, Any]) -> None:
        """Take back part of a line's share (or put it back, when negative) where it lies."""
        if shared.is_held_for(owner):
            self.credit(AccountRef("payee_held", owner), -minor, about)
        elif minor > 0:
            self.take(owner, minor, about)
        else:
            self.give(owner, -minor, about, netted=about)

    def post(self, *, kind: str, order_number: str, key: str) -> None:
        """Write it and begin the next; an entry without lines is nothing to write."""
        if self.lines:
            entry = post_entry(
                kind=kind,
                reference=order_reference(order_number),
                idempotency_key=key,
                lines=self.lines,
            )
            ask_recovery(entry=entry, lines=self.lines)
        self.lines = []


def post_sale(*, order_number: str, shares: Sequence[Shared], currency: str) -> None:
    """The buyer's payment, split: every line's share, commission and fee."""
    draft = Draft(shares=shares, currency=currency)
    total = sum(shared.line.base_minor for shared in shares)
    draft.credit(PROCESSOR, -total, {"kind": "sale.paid", "order": order_number})
    for shared in shares:
        line = shared.line
        held = AccountRef("payee_held", shared.shop_owner)
        draft.credit(held, line.net_minor, about_share("sale", shared))
        if shared.commission is not None:
            held = AccountRef("payee_held", shared.affiliate_owner)
            draft.credit(held, line.commission_minor, about_commission("sale.commission", shared))
        draft.credit(FEES, line.fee_minor, about_line("sale.fee", shared))
    draft.post(kind="sale", order_number=order_number, key=f"sale:{order_number}")


def post_refund(*, refund: Refund, moves: Sequence[tuple[Shared, Reversed]]) -> None:
    """Money goes back to the buyer; every share of each line follows."""
    _post_reversal("refund", refund, moves)


def post_failed_refund(*, refund: Refund, moves: Sequence[tuple[Shared, Reversed]]) -> None:
    """The money did not reach the buyer; every share is put back. Parts of `moves` are negative."""
    _post_reversal("refund_failed", refund, moves)


def post_release(*, shared: Shared) -> None:
    """All holds have ended: what is left of a line belongs to its shop and its affiliate."""
    line = shared.line
    draft = Draft(shares=[shared], currency=line.sale.currency)
    if shared.is_net_held:
        about = about_share("release", shared)
        _release(draft, shared.shop_owner, line.net_left.minor, about)
    if shared.commission is not None and shared.is_commission_held:
        about = about_commission("release.commission", shared)
        _release(draft, shared.affiliate_owner, line.commission_left.minor, about)
    draft.post(kind="release", order_number=line.sale.order.number, key=release_key(line))


def release_key(line: SaleLine) -> str:
    """A line's release in the book; one more name each time its money was taken back to held."""
    return release_keys(line)[-1]


def release_keys(line: SaleLine) -> list[str]:
    """Every name a line's release may have had, oldest first."""
    times = Rehold.objects.filter(sale_line=line).count()
    first = f"release:line:{line.pk}"
    return [first, *(f"{first}:{number + 1}" for number in range(times))]


def _release(draft: Draft, owner: str, minor: int, about: dict[str, Any]) -> None:
    draft.credit(AccountRef("payee_held", owner), -minor, about)
    draft.give(owner, minor, about, netted=about | {"kind": "release.netted"})


def _post_reversal(event: str, refund: Refund, moves: Sequence[tuple[Shared, Reversed]]) -> None:
    sale: Sale = refund.sale
    number = sale.order.number
    paid_from = BANK if refund.way == Refund.Way.BANK else PROCESSOR
    shares = [shared for shared, _ in moves]
    draft = Draft(shares=shares, currency=sale.currency, also=[paid_from])
    for shared, moved in moves:
        more = about_refund(refund, abs(moved.refunded.minor))
        draft.reverse(
            shared.shop_owner, moved.net.minor, shared, about_share(event, shared, **more)
        )
        if shared.commission is not None:
            about = about_commission(f"{event}.commission", shared, **more)
            draft.reverse(shared.affiliate_owner, moved.commission.minor, shared, about)
        draft.credit(FEES, -moved.fee.minor, about_line(f"{event}.fee", shared, **more))
    total = sum(moved.refunded.minor for _, moved in moves)
    about = {"kind": f"{event}.paid", "order": number} | about_refund(refund, abs(total))
    draft.credit(paid_from, total, about)
    draft.post(kind=event, order_number=number, key=f"{event}:{refund.pk}")
