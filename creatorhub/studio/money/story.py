"""The story of one posting: what it was, where its money is now, and all that happened to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creatorhub.foundation.amounts import format_day, format_money
from creatorhub.foundation.models import AuditEntry
from creatorhub.ledger.models import JournalEntry, Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.money import Money
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import Hold, RefundLine, SaleLine
from creatorhub.studio.money.answer import Answer, why_of
from creatorhub.studio.money.answers import answer_of_payable, answer_of_payout, answers_of
from creatorhub.studio.money.deciders import Reader, who_holds
from creatorhub.studio.money.places import current_payout, payouts_after, share_of
from creatorhub.studio.money.sentences import Sentence, sentence_of

WHERE = {
    "payee_held": gettext_lazy("Held"),
    "payee_payable": gettext_lazy("Ready to be paid"),
    "payee_receivable": gettext_lazy("What was owed"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, or the wait that still runs (`is_over` False)."""

    at: dt.datetime
    text: str
    note: str
    posting: Posting | None = None
    is_over: bool = True


@dataclass(frozen=True, slots=True)
class Story:
    """One posting with everything a person may ask about it."""

    posting: Posting
    sentence: Sentence
    amount: Money
    answers: list[Answer]
    steps: list[Step]
    order: str
    payout: Payout | None


def story_of(posting: Posting, reader: Reader) -> Story:
    """The whole story of a payee's posting, as this reader may see it."""
    about = posting.explanation
    order = str(about.get("order", ""))
    postings = postings_of_order(order) if order else []
    line = lines_in_full().filter(pk=about.get("line")).first()
    payouts = Payout.objects.select_related("run__started_by", "until_posting")
    payout = payouts.filter(pk=about.get("payout")).first()
    return Story(
        posting=posting,
        sentence=sentence_of(posting, for_staff=reader.is_staff),
        amount=Money(signed_minor(posting), posting.account.currency),
        answers=_answers(posting, postings, line, payout, reader),
        steps=_steps(posting, postings, line, reader),
        order=order,
        payout=payout,
    )


def postings_of_order(number: str) -> list[Posting]:
    """Every posting of an order, oldest first."""
    rows = Posting.objects.filter(entry__reference=f"order:{number}")
    return list(rows.select_related("entry", "account").order_by("pk"))


def lines_in_full() -> QuerySet[SaleLine]:
    """Lines with what their answers need."""
    refunds = RefundLine.objects.select_related("refund__decided_by").order_by("pk")
    return SaleLine.objects.select_related("sale__order", "sale__shop__owner").prefetch_related(
        Prefetch("holds", queryset=Hold.objects.order_by("pk")),
        Prefetch("refund_lines", queryset=refunds),
    )


def _answers(
    posting: Posting,
    postings: Sequence[Posting],
    line: SaleLine | None,
    payout: Payout | None,
    reader: Reader,
) -> list[Answer]:
    owner = posting.account.owner
    if line is not None and owner:
        share = share_of(owner=owner, line=line.pk, postings=postings)
        return answers_of(share, line=line, reader=reader)
    if payout is not None and owner and is_about_payout(posting):
        return [_of_payout(posting, payout, owner, reader)]
    return [_plain(posting, reader)] if owner else []


def is_about_payout(posting: Posting) -> bool:
    """Whether it is the payout itself, or its return; a transfer taken back names one too."""
    return posting.explanation.get("kind") in {"payout", "payout_returned"}


def _plain(posting: Posting, reader: Reader) -> Answer:
    """A movement of no line and no payout: a debt that was settled, a transfer taken back."""
    decided = AuditEntry.objects.filter(subject=posting.entry.reference).first()
    said = sentence_of(posting, for_staff=reader.is_staff)
    return Answer(
        Money(posting.amount_minor, posting.account.currency),
        str(WHERE.get(posting.account.name, said.text)),
        why_of(str(posting.explanation.get("reason_code", ""))) or said.text,
        _("Since %(day)s") % {"day": format_day(posting.entry.occurred_at)},
        reader.name(decided.actor) if decided else _("The rules of this market"),
    )


def _of_payout(posting: Posting, payout: Payout, owner: str, reader: Reader) -> Answer:
    """A payout; or, once it came back, the one that carries its money since, or the next."""
    amount = Money(posting.amount_minor, posting.account.currency)
    paid = payout.until_posting
    payouts = payouts_after(owner=owner, currency=payout.currency, first=paid.pk)
    carrying = current_payout(paid, payouts)
    if carrying is None:
        return answer_of_payable(owner, amount, reader)
    return answer_of_payout(carrying, amount, reader)


def _steps(
    posting: Posting, postings: Sequence[Posting], line: SaleLine | None, reader: Reader
) -> list[Step]:
    """What happened to this share, and what it waited for, oldest first."""
    owner = posting.account.owner
    if line is None:
        rows = [] if owner else list(postings)
        related = rows or list(_of_entry(posting.entry))
    else:
        related = [
            row
            for row in postings
            if row.explanation.get("line") == line.pk and row.account.owner == owner
        ]
    steps = [_moved(row, reader) for row in _one_per_event(related)]
    if line is not None and owner:
        steps += [_waited(hold) for hold in line.holds.all()]
    return sorted(steps, key=lambda step: step.at)


def _of_entry(entry: JournalEntry) -> QuerySet[Posting]:
    return entry.postings.select_related("entry", "account").order_by("pk")


def _one_per_event(postings: Sequence[Posting]) -> list[Posting]:
    """A release is a debit and a credit of the same owner: one line is enough to read."""
    seen: dict[tuple[int, str], Posting] = {}
    for posting in postings:
        seen.setdefault((posting.entry_id, str(posting.explanation.get("kind", ""))), posting)
    return list(seen.values())


def _moved(posting: Posting, reader: Reader) -> Step:
    amount = Money(posting.amount_minor, posting.account.currency)
    return Step(
        at=posting.entry.occurred_at,
        text=sentence_of(posting, for_staff=reader.is_staff).text,
        note=format_money(amount, exact=True),
        posting=posting,
    )


def _waited(hold: Hold) -> Step:
    words = {"why": why_of(hold.reason_code)}
    if hold.closed_at is None:
        return Step(hold.opened_at, words["why"], who_holds(hold), is_over=False)
    return Step(hold.opened_at, _("Waited, until it was over: %(why)s") % words, who_holds(hold))
