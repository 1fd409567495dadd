"""What is true of a cent, found without the code of the pages, and a walk that reads pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from creatorhub.foundation.amounts import format_day
from creatorhub.foundation.reasons import reason
from creatorhub.ledger.models import Posting
from creatorhub.payouts.models import Payout
from creatorhub.sales.models import Refund, SaleLine

MOST_CLICKS = 3
QUESTIONS = ("where", "why", "when", "who")


@dataclass(frozen=True)
class Page:
    """An answer as a person reads it."""

    address: str
    source: str

    @property
    def tree(self) -> Any:
        return BeautifulSoup(self.source, "html.parser")

    def answers(self, question: str) -> list[str]:
        return [words(node.text) for node in self.tree.select(f'[data-answer="{question}"]')]

    def link_of(self, posting: Posting) -> str:
        (row,) = self.tree.select(f'li[data-posting="{posting.pk}"]')
        return str(row.find("a")["href"])


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def read(client: Client, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return Page(address, answer.content.decode())


def explain(page: Page, posting: Posting) -> None:
    """The page answers all four questions, and says what the market's own rows say."""
    for question in QUESTIONS:
        said = page.answers(question)
        assert said, f"{page.address} says nothing of {question}"
        assert all(said), f"{page.address} leaves {question} open: {said}"
    shown = " ".join(said for question in QUESTIONS for said in page.answers(question))
    for fact in facts(posting):
        assert words(fact) in shown, f"{page.address} does not say {fact!r} but {shown!r}"


def facts(posting: Posting) -> Iterator[str]:
    """Reasons and days that must be read on the page of this posting."""
    about = posting.explanation
    kind = str(about["kind"])
    line = SaleLine.objects.filter(pk=about.get("line")).first()
    if kind.startswith("payout") and "payout" in about:
        yield from _of_payout(Payout.objects.get(pk=about["payout"]), posting)
    elif line is not None and posting.account.owner and not kind.startswith("cash"):
        yield from _of_share(posting, line)
    elif line is not None and posting.account.name == "platform_fees":
        yield "policy of the market"


def _of_share(posting: Posting, line: SaleLine) -> Iterator[str]:
    owner = posting.account.owner
    mine = Posting.objects.filter(account__owner=owner, explanation__line=line.pk)
    held = sum(_signed(row) for row in mine.filter(account__name="payee_held"))
    if held:
        for hold in line.holds.filter(closed_at=None):
            yield str(reason(hold.reason_code).text)
    released = mine.filter(account__name="payee_payable", side="credit").order_by("pk").first()
    if released and not held:
        payout = Payout.objects.filter(
            payee=int(owner),
            currency=posting.account.currency,
            after_posting_id__lt=released.pk,
            until_posting__gte=released.pk,
        ).first()
        if payout and payout.state == Payout.State.PAID:
            yield format_day(payout.paid_at or payout.created_at)
            starter = payout.run.started_by
            yield str(starter) if starter else "by itself"
    for refund in Refund.objects.filter(lines__sale_line=line).exclude(state="failed"):
        yield str(reason(refund.reason_code).text)


def _of_payout(payout: Payout, posting: Posting) -> Iterator[str]:
    if payout.state == Payout.State.PAID:
        yield format_day(payout.paid_at or payout.created_at)
    elif payout.state in {Payout.State.SENT, Payout.State.DRAFT, Payout.State.SENDING}:
        yield format_day(payout.created_at)


def _signed(posting: Posting) -> int:
    return posting.amount_minor if posting.side == "credit" else -posting.amount_minor
