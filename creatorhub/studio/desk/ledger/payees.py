"""One payee as staff see them: accounts, holds and payouts, and what a payout was made of."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from creatorhub.foundation.reasons import Reason, reason
from creatorhub.ledger.models import Account, Posting
from creatorhub.ledger.selectors import accounts_of
from creatorhub.money import Money
from creatorhub.payments.models import PaymentAttempt
from creatorhub.payouts.models import Payee, PayeeHold, Payout
from creatorhub.payouts.selectors import movements
from creatorhub.sales.models import Checkout
from creatorhub.studio.desk.ledger.accounts import PostingRow, rows_of
from creatorhub.studio.desk.ledger.words import account_title
from creatorhub.studio.money.answer import Answer
from creatorhub.studio.money.answers import answer_of_payable, answer_of_payout
from creatorhub.studio.money.deciders import Reader, who_froze

ROWS = 100


@dataclass(frozen=True, slots=True)
class HoldView:
    """Why a payee waits, or waited."""

    hold: PayeeHold
    reason: Reason
    who: str


@dataclass(frozen=True, slots=True)
class PayeeMoney:
    """Everything the book knows of one payee. `next` is what the next run would do."""

    payee: Payee
    accounts: list[tuple[Account, str, Money]]
    holds: list[HoldView]
    next: list[Answer]
    payouts: list[tuple[Payout, Answer]]


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A movement that a payout pays, and the buyer's payment it came from."""

    row: PostingRow
    payment_id: str


@dataclass(frozen=True, slots=True)
class PayoutMoney:
    """A payout with the buyers' payments behind it."""

    payout: Payout
    answers: list[Answer]
    page: Page[Posting]
    rows: list[PaidRow]


def payee_money(payee: Payee, reader: Reader, *, payouts: int = 12) -> PayeeMoney:
    """What one payee has, what keeps it from them, and what was paid."""
    names = {payee.ledger_owner: payee.party.name}
    accounts = list(accounts_of(payee.ledger_owner))
    ready = [a for a in accounts if a.name == "payee_payable" and a.balance_minor]
    paid = Payout.objects.filter(payee=payee).select_related("run__started_by").order_by("-pk")
    holds = payee.holds.select_related("opened_by").order_by("-pk")
    return PayeeMoney(
        payee=payee,
        accounts=[
            (account, account_title(account, names), Money(account.balance_minor, account.currency))
            for account in accounts
        ],
        holds=[HoldView(hold, reason(hold.reason_code), who_froze(hold, reader)) for hold in holds],
        next=[
            answer_of_payable(payee.ledger_owner, Money(a.balance_minor, a.currency), reader)
            for a in ready
        ],
        payouts=[(one, answer_of_payout(one, one.amount, reader)) for one in paid[:payouts]],
    )


def payout_money(payout: Payout, reader: Reader, page: str | None) -> PayoutMoney:
    """A payout back to the buyers: each movement with its order and its payment."""
    postings = movements(payout.payee, payout.currency).filter(
        pk__gt=payout.after_posting_id, pk__lte=payout.until_posting_id
    )
    shown = Paginator(postings, ROWS).get_page(page)
    rows = rows_of(shown)
    payments = _payments({row.sentence.order for row in rows})
    return PayoutMoney(
        payout,
        [answer_of_payout(payout, payout.amount, reader)],
        shown,
        [PaidRow(row, payments.get(row.sentence.order, "")) for row in rows],
    )


def _payments(orders: set[str]) -> dict[str, str]:
    """The processor's ids of the payments of these orders."""
    references = dict(
        Checkout.objects.filter(order__number__in=orders - {""}).values_list(
            "attempt_reference", "order__number"
        )
    )
    attempts = PaymentAttempt.objects.filter(reference__in=references)
    return {
        references[reference]: payment_id
        for reference, payment_id in attempts.values_list("reference", "payment_id")
    }
