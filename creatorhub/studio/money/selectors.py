"""What one person earned, where it lies, why it waits, and when it comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from creatorhub.accounts.models import User
from creatorhub.foundation.amounts import format_money
from creatorhub.foundation.policy import payout_minimum
from creatorhub.foundation.reasons import Reason, reason
from creatorhub.ledger.models import Account, Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.money import Money
from creatorhub.payouts.calendar import next_payout_on
from creatorhub.payouts.due import judge, rules_now
from creatorhub.payouts.models import Payee, PayeeHold, Payout
from creatorhub.studio.money.coming import Coming, HeldFor, by_reason, coming_of
from creatorhub.studio.money.sentences import Sentence, sentence_of

ON_ITS_WAY = (
    Payout.State.SENDING,
    Payout.State.DRAFT,
    Payout.State.SENT,
    Payout.State.UNKNOWN,
)
PAYEE_ACCOUNTS = ("payee_held", "payee_payable", "payee_receivable")


@dataclass(frozen=True, slots=True)
class Purse:
    """All money of one currency. `held` is the sum of what is `coming`."""

    currency: str
    held: Money
    payable: Money
    on_its_way: Money
    paid: Money
    owed: Money
    minimum: Money
    next_on: dt.date
    coming: list[Coming]
    waits: list[tuple[Reason, dt.date | None]]

    @property
    def total(self) -> Money:
        """What is still to come, wherever it lies."""
        return self.held + self.payable + self.on_its_way

    @property
    def next_amount(self) -> Money:
        """What the next payout brings if nothing changes: nothing while it must wait."""
        return Money.zero(self.currency) if self.waits else self.payable

    @property
    def next_coming(self) -> Coming | None:
        return self.coming[0] if self.coming else None

    @property
    def held_for(self) -> list[HeldFor]:
        """What is held, by its reason: the one that ends first stands first."""
        return by_reason(self.coming, self.currency)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One movement in plain words; `amount` is positive when it grows what is theirs."""

    posting: Posting
    sentence: Sentence
    amount: Money

    @property
    def is_plus(self) -> bool:
        """Whether it makes the person richer."""
        return self.amount.minor > 0 and not self._changes_place

    @property
    def text(self) -> str:
        """The amount with its sign; what only changes its place has none."""
        shown = self.amount if self.amount.minor > 0 else -self.amount
        has_none = self._changes_place or not self.amount
        sign = "" if has_none else "+ " if self.is_plus else "− "
        return f"{sign}{format_money(shown, exact=True)}"

    @property
    def _changes_place(self) -> bool:
        """Released, or taken back to held: nobody is richer or poorer for it."""
        kind = str(self.posting.explanation.get("kind", ""))
        return kind.startswith(("release", "rehold")) and kind != "release.netted"


def payee_of_user(user: User) -> Payee | None:
    """The payee behind a person; None until they first earn."""
    return Payee.objects.filter(party__user=user).first()


def purses(*, user: User) -> list[Purse]:
    """One purse a currency, the fullest story first; none before the first earning."""
    payee = payee_of_user(user)
    if payee is None:
        return []
    accounts = Account.objects.filter(owner=payee.ledger_owner, name__in=PAYEE_ACCOUNTS)
    currencies = sorted({account.currency for account in accounts})
    balances = {(a.name, a.currency): Money(a.balance_minor, a.currency) for a in accounts}
    coming = coming_of(user=user)
    return [_purse(payee, currency, balances, coming.get(currency, [])) for currency in currencies]


def chosen_purse(*, user: User, purses: list[Purse], currency: str) -> Purse | None:
    """The purse whose currency the address names; else the one in which money moved last."""
    by_currency = {purse.currency: purse for purse in purses}
    moved_last = money_rows(user=user).values_list("account__currency", flat=True).first()
    return by_currency.get(currency) or by_currency.get(moved_last or "")


def money_rows(*, user: User) -> QuerySet[Posting]:
    """Every movement on the accounts of this person, newest first."""
    payee = payee_of_user(user)
    owner = payee.ledger_owner if payee else None
    return (
        Posting.objects.filter(account__owner=owner, account__name__in=PAYEE_ACCOUNTS)
        .exclude(account__name="payee_held", explanation__kind__startswith="release")
        .exclude(account__name="payee_held", explanation__kind__startswith="rehold")
        .exclude(account__name="payee_receivable", explanation__kind="release.netted")
        .select_related("entry", "account")
        .order_by("-id")
    )


def explained(postings: list[Posting]) -> list[MoneyRow]:
    """The movements with their sentences."""
    return [MoneyRow(row, sentence_of(row), _effect(row)) for row in postings]


def payouts_of(*, user: User) -> QuerySet[Payout]:
    """This person's payouts, newest first. A foreign one is not among them."""
    return Payout.objects.filter(payee__party__user=user).select_related("payee", "run")


def _purse(
    payee: Payee,
    currency: str,
    balances: dict[tuple[str, str], Money],
    coming: list[Coming],
) -> Purse:
    zero = Money.zero(currency)
    payable = balances.get(("payee_payable", currency), zero)
    minimum = payout_minimum(currency)
    wanted = payee.threshold(currency)
    return Purse(
        currency=currency,
        held=balances.get(("payee_held", currency), zero),
        payable=payable,
        on_its_way=_payouts_sum(payee, currency, ON_ITS_WAY),
        paid=_payouts_sum(payee, currency, (Payout.State.PAID,)),
        owed=balances.get(("payee_receivable", currency), zero),
        minimum=wanted if wanted > minimum else minimum,
        next_on=next_payout_on(is_monthly=payee.schedule == Payee.Schedule.MONTHLY),
        coming=coming,
        waits=_waits(payee, payable),
    )


def _payouts_sum(payee: Payee, currency: str, states: tuple[Payout.State, ...]) -> Money:
    rows = Payout.objects.filter(payee=payee, currency=currency, state__in=states)
    minor = rows.aggregate(minor=Sum(F("amount_minor") - F("returned_minor")))["minor"]
    return Money(minor or 0, currency)


def _waits(payee: Payee, payable: Money) -> list[tuple[Reason, dt.date | None]]:
    """Why nothing of what is payable would go out with the next run; empty when it would."""
    hold = PayeeHold.objects.filter(payee=payee, closed_at=None).first()
    due = judge(payee=payee, amount=payable, hold=hold, rules=rules_now(payable.currency))
    if not payable or due.is_payable:
        return []
    return [(reason(due.reason_code), due.hold.expected_until.date() if due.hold else None)]


def _effect(posting: Posting) -> Money:
    """Positive when it grows what the person has or shrinks what they owe."""
    minor = signed_minor(posting)
    if posting.account.name == "payee_receivable":
        minor = -minor
    return Money(minor, posting.account.currency)
