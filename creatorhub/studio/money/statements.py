"""A payout's statement: what it pays line by line, from the balance before to the one after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from creatorhub.foundation.amounts import format_money, format_short_day
from creatorhub.foundation.reasons import reason
from creatorhub.ledger.models import Posting
from creatorhub.ledger.selectors import postings_of, signed_minor
from creatorhub.money import Money
from creatorhub.payouts.explain import reason_of
from creatorhub.payouts.models import Payout
from creatorhub.payouts.selectors import movements
from creatorhub.sales.models import Hold
from creatorhub.studio.money.sentences import Sentence, sentence_of

PAYABLE = "payee_payable"


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One movement: `amount` adds to the payout, or takes from it. `terms` say how it came."""

    posting: Posting
    sentence: Sentence
    amount: Money
    terms: list[str]

    @property
    def text(self) -> str:
        """The amount with its sign."""
        shown = self.amount if self.amount.minor > 0 else -self.amount
        return f"{'' if self.amount.minor > 0 else '− '}{format_money(shown, exact=True)}"


@dataclass(frozen=True, slots=True)
class Statement:
    """before + added − taken − paid out = after, to the cent."""

    payout: Payout
    rows: list[StatementRow]
    before: Money
    added: Money
    taken: Money

    @property
    def total(self) -> Money:
        return self.added - self.taken

    @property
    def after(self) -> Money:
        return self.before + self.total - self.payout.amount


def statement_of(payout: Payout) -> Statement:
    """Every movement of the payout's range, oldest first, with its sums."""
    postings = list(
        movements(payout.payee, payout.currency).filter(
            pk__gt=payout.after_posting_id, pk__lte=payout.until_posting_id
        )
    )
    waits = _waits_of(postings)
    rows = [_row(posting, waits) for posting in postings]
    zero = Money.zero(payout.currency)
    return Statement(
        payout=payout,
        rows=rows,
        before=_before(payout),
        added=Money.total((row.amount for row in rows if row.amount > zero), payout.currency),
        taken=Money.total((-row.amount for row in rows if row.amount < zero), payout.currency),
    )


def _before(payout: Payout) -> Money:
    """What was left ready to be paid when the payout before this one had gone out."""
    rows = postings_of(PAYABLE, payout.payee.ledger_owner, payout.currency).order_by()
    earlier = rows.filter(pk__lte=payout.after_posting_id)
    # The posting that paid the one before came after the range it pays.
    left = rows.filter(entry__kind="payout", pk__gt=payout.after_posting_id)
    left = left.filter(pk__lte=payout.until_posting_id)
    return _sum(earlier, payout.currency) + _sum(left, payout.currency)


def _sum(rows: QuerySet[Posting], currency: str) -> Money:
    sides = dict(rows.values_list("side").annotate(minor=Sum("amount_minor")))
    return Money(sides.get("credit", 0) - sides.get("debit", 0), currency)


def _row(posting: Posting, waits: dict[int, list[str]]) -> StatementRow:
    sentence = sentence_of(posting)
    currency = posting.account.currency
    return StatementRow(
        posting,
        sentence,
        Money(signed_minor(posting), currency),
        [*_shares(posting, currency), *sentence.details, *waits.get(_line(posting), [])],
    )


def _shares(posting: Posting, currency: str) -> list[str]:
    """How a share came about: the price, and what others had of it."""
    about = posting.explanation
    kind = str(about.get("kind", ""))
    if not kind.endswith((".share", ".commission")) or "base_minor" not in about:
        return []
    parts = {
        "price": format_money(Money(int(about["base_minor"]), currency), exact=True),
        "fee": format_money(Money(int(about.get("fee_minor", 0)), currency), exact=True),
        "commission": format_money(
            Money(int(about.get("commission_minor", 0)), currency), exact=True
        ),
    }
    if kind.endswith(".commission"):
        parts["link"] = str(about.get("link", ""))
        return [_("sold for %(price)s through link %(link)s") % parts]
    return [_("sold for %(price)s: market %(fee)s, links %(commission)s") % parts]


def _waits_of(postings: Iterable[Posting]) -> dict[int, list[str]]:
    """By line, what it waited for and until when; reversals say their own reason."""
    lines = {
        _line(posting)
        for posting in postings
        if str(posting.explanation.get("kind", "")).startswith("release.")
        and not reason_of(posting.explanation)
    }
    waits: dict[int, list[str]] = {}
    holds = Hold.objects.filter(sale_line__in=lines - {0}).exclude(closed_at=None).order_by("pk")
    for hold in holds:
        until = format_short_day(hold.closed_at) if hold.closed_at else ""
        words = _("waited until %(day)s: %(why)s")
        said = words % {"day": until, "why": reason(hold.reason_code).text}
        waits.setdefault(hold.sale_line_id, []).append(said)
    return waits


def _line(posting: Posting) -> int:
    return int(posting.explanation.get("line", 0))
