"""What a payee has, what was paid, what it was made of, and what waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from creatorhub.accounts.models import Party
from creatorhub.ledger.models import Posting
from creatorhub.ledger.selectors import accounts_of, postings_of, signed_minor
from creatorhub.money import Money
from creatorhub.payouts.due import PAYABLE, Due, judge, rules_now, what_is_due
from creatorhub.payouts.explain import reason_of, sentence_of
from creatorhub.payouts.models import Payee, PayeeHold, Payout, PayoutRun

IN_FLIGHT = (
    Payout.State.SENDING,
    Payout.State.DRAFT,
    Payout.State.SENT,
    Payout.State.UNKNOWN,
)
CAME_BACK = (Payout.State.FAILED, Payout.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Balances:
    """What one payee has in one currency. Nothing here is counted twice."""

    currency: str
    held: Money
    payable: Money
    on_its_way: Money
    paid: Money
    owed_to_us: Money
    minimum: Money
    reason_code: str = ""

    @property
    def is_empty(self) -> bool:
        parts = (self.held, self.payable, self.on_its_way, self.paid, self.owed_to_us)
        return not any(parts)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement. `amount` is negative where money was taken; `details` as frozen."""

    posting_id: int
    at: dt.datetime
    kind: str
    sentence: str
    reason: str
    amount: Money
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Statement:
    """A payout with everything it is made of; `total` equals the payout to the cent."""

    payout: Payout
    lines: list[StatementLine]
    total: Money

    @property
    def adds_up(self) -> bool:
        return self.total == self.payout.amount


def payee_of_party(party: Party) -> Payee | None:
    """The party's payee if it ever had one; reading makes no rows."""
    return Payee.objects.filter(party=party).select_related("party").first()


def balances_of(payee: Payee) -> list[Balances]:
    """One row per currency the payee ever had money in, by currency code."""
    minors: dict[str, dict[str, int]] = {}
    for account in accounts_of(payee.ledger_owner):
        minors.setdefault(account.currency, {})[account.name] = account.balance_minor
    hold = open_holds(payee).first()
    sent = _sent_by_currency(payee)
    return [_balances(payee, currency, minors[currency], sent, hold) for currency in sorted(minors)]


def payouts_of(payee: Payee) -> QuerySet[Payout]:
    """The payee's payouts, newest first."""
    return Payout.objects.filter(payee=payee).select_related("run").order_by("-id")


def payout_of(payee: Payee, pk: int) -> Payout:
    """One payout of this payee; DoesNotExist when it is somebody else's."""
    return Payout.objects.select_related("payee__party", "run").get(payee=payee, pk=pk)


def statement(payout: Payout) -> Statement:
    """Every movement the payout is made of, oldest first, in the reader's language."""
    payee = payout.payee
    postings = movements(payee, payout.currency).filter(
        id__gt=payout.after_posting_id, id__lte=payout.until_posting_id
    )
    lines = [_line(posting) for posting in postings]
    total = Money.total((line.amount for line in lines), payout.currency)
    return Statement(payout, lines, total)


def upcoming(payee: Payee, currency: str) -> list[StatementLine]:
    """What the next payout is made of so far, oldest first."""
    last = (
        Payout.objects.filter(payee=payee, currency=currency)
        .order_by("-until_posting_id")
        .values_list("until_posting_id", flat=True)
        .first()
    )
    return [_line(posting) for posting in movements(payee, currency).filter(id__gt=last or 0)]


def movements(payee: Payee, currency: str) -> QuerySet[Posting]:
    """The payable account without the payouts themselves: the matter payouts are made of."""
    return postings_of(PAYABLE, payee.ledger_owner, currency).exclude(entry__kind="payout")


def open_holds(payee: Payee) -> QuerySet[PayeeHold]:
    """Why this payee's payouts wait, oldest first."""
    return PayeeHold.objects.filter(payee=payee, closed_at=None).order_by("id")


def due_now() -> list[Due]:
    """For staff, before a run: who would be paid, and why anybody would not."""
    return what_is_due()


def runs() -> QuerySet[PayoutRun]:
    """Every run, newest first."""
    return PayoutRun.objects.prefetch_related("payouts__payee__party").order_by("-id")


def troubled_payouts() -> QuerySet[Payout]:
    """Payouts staff should know of: unknown now, or come back lately."""
    troubled = Q(state__in=[Payout.State.UNKNOWN, *CAME_BACK]) | Q(returned_minor__gt=0)
    return Payout.objects.filter(troubled).select_related("payee__party", "run").order_by("-id")


def _sent_by_currency(payee: Payee) -> dict[tuple[str, str], int]:
    rows = (
        Payout.objects.filter(payee=payee)
        .order_by()
        .values_list("currency", "state")
        .annotate(minor=Sum(F("amount_minor") - F("returned_minor")))
    )
    return {(currency, state): minor for currency, state, minor in rows}


def _balances(
    payee: Payee,
    currency: str,
    minors: dict[str, int],
    sent: dict[tuple[str, str], int],
    hold: PayeeHold | None,
) -> Balances:
    payable = Money(minors.get(PAYABLE, 0), currency)
    on_its_way = sum(sent.get((currency, state), 0) for state in IN_FLIGHT)
    rules = rules_now(currency)
    due = judge(payee=payee, amount=payable, hold=hold, rules=rules)
    return Balances(
        currency=currency,
        held=Money(minors.get("payee_held", 0), currency),
        payable=payable,
        on_its_way=Money(on_its_way, currency),
        paid=Money(sent.get((currency, Payout.State.PAID), 0), currency),
        owed_to_us=Money(minors.get("payee_receivable", 0), currency),
        minimum=Money(rules.minimum_minor, currency),
        reason_code=due.reason_code if payable else "",
    )


def _line(posting: Posting) -> StatementLine:
    explanation = dict(posting.explanation)
    return StatementLine(
        posting_id=posting.pk,
        at=posting.entry.occurred_at,
        kind=str(explanation.get("kind", "")),
        sentence=sentence_of(explanation),
        reason=reason_of(explanation),
        amount=Money(signed_minor(posting), posting.account.currency),
        details=explanation,
    )
