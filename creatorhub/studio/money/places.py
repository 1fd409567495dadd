"""Where one share of a sold line lies now, read from the book alone.

A share is what one payee has in one line: a shop's net, an affiliate's commission. Whatever has
happened to it — released, netted, refunded, disputed, paid, sent back — is in its postings, and
they always add up: share = held + paid and payable + settled + given back − owed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from creatorhub.ledger.models import Posting
from creatorhub.ledger.selectors import signed_minor
from creatorhub.money import Money
from creatorhub.payouts.models import Payout

Where = Literal["held", "payable", "payout", "settled", "given_back", "owed", "debt"]
BEGINS = "sale."
COLLECTED_ITSELF = "cash."
CAME_BACK = (Payout.State.FAILED, Payout.State.RETURNED)


@dataclass(frozen=True, slots=True)
class Place:
    """Part of a share at one place. `payout` carries it; `about` says what took it back."""

    where: Where
    amount: Money
    payout: Payout | None = None
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """One payee's part of one line, and every place where it lies."""

    owner: str
    line: int
    sold: Money
    places: list[Place]


def share_of(*, owner: str, line: int, postings: Sequence[Posting]) -> Share:
    """The share of this owner in this line; `postings` are those of the whole order, or more."""
    mine = [
        posting
        for posting in postings
        if posting.account.owner == owner and posting.explanation.get("line") == line
    ]
    currency = mine[0].account.currency
    sold = sum(_richer(posting) for posting in mine if _kind(posting).startswith(BEGINS))
    if any(_kind(posting).startswith(COLLECTED_ITSELF) for posting in mine):
        owed = -sum(_richer(posting) for posting in mine)
        places = [Place("debt", Money(owed, currency), about=mine[0].explanation)]
    else:
        places = [
            Place("held", Money(_on(mine, "payee_held"), currency)),
            *_paid_or_payable([p for p in mine if p.account.name == "payee_payable"], owner),
            Place("settled", Money(max(-_on(mine, "payee_receivable"), 0), currency)),
            *_taken_back(mine, currency),
            Place("owed", Money(max(_on(mine, "payee_receivable"), 0), currency)),
        ]
    return Share(owner, line, Money(sold, currency), [place for place in places if place.amount])


def _taken_back(mine: Sequence[Posting], currency: str) -> list[Place]:
    """What went back to the buyer, by the refund or the dispute that took it."""
    taken: dict[tuple[Any, Any], int] = defaultdict(int)
    about: dict[tuple[Any, Any], dict[str, Any]] = {}
    for posting in mine:
        if not _kind(posting).startswith(BEGINS):
            key = posting.explanation.get("refund"), posting.explanation.get("dispute")
            taken[key] -= _richer(posting)
            about[key] = posting.explanation
    return [
        Place("given_back", Money(minor, currency), about=about[key])
        for key, minor in taken.items()
        if minor > 0
    ]


def payout_of_posting(posting: Posting, payouts: Iterable[Payout]) -> Payout | None:
    """The payout that pays a payable posting; None while it waits for its next one."""
    return next(
        (
            payout
            for payout in payouts
            if payout.after_posting_id < posting.pk <= payout.until_posting_id
        ),
        None,
    )


def payouts_after(*, owner: str, currency: str, first: int) -> list[Payout]:
    """A payee's payouts that may pay postings from this one on, oldest first."""
    return list(
        Payout.objects.filter(payee=int(owner), currency=currency, until_posting__gte=first)
        .select_related("run__started_by", "payee__party")
        .order_by("pk")
    )


def current_payout(posting: Posting, payouts: Sequence[Payout]) -> Payout | None:
    """The payout that carries a payable posting's money now; None while it waits for one.

    A payout that came back put a new posting on the account: whatever pays that one counts.
    """
    payout = payout_of_posting(posting, payouts)
    while payout is not None and payout.state in CAME_BACK:
        back = _put_back_by(payout)
        payout = payout_of_posting(back, payouts) if back else None
    return payout


def _put_back_by(payout: Payout) -> Posting | None:
    return Posting.objects.filter(
        account__name="payee_payable",
        entry__reference=f"payout:{payout.pk}",
        entry__kind="payout_returned",
    ).first()


def _paid_or_payable(postings: list[Posting], owner: str) -> list[Place]:
    """What was released, by the payout that carries it."""
    if not postings:
        return []
    currency = postings[0].account.currency
    payouts = payouts_after(owner=owner, currency=currency, first=postings[0].pk)
    by_payout: dict[int | None, int] = defaultdict(int)
    for posting in postings:
        payout = current_payout(posting, payouts)
        by_payout[payout.pk if payout else None] += signed_minor(posting)
    named = {payout.pk: payout for payout in payouts}
    return [
        Place("payout", Money(minor, currency), named[pk])
        if pk is not None
        else Place("payable", Money(minor, currency))
        for pk, minor in by_payout.items()
    ]


def _on(postings: Sequence[Posting], name: str) -> int:
    """What these postings come to on the account of this name."""
    return sum(signed_minor(posting) for posting in postings if posting.account.name == name)


def _richer(posting: Posting) -> int:
    """What a posting adds to what its owner has, in minor units."""
    minor = signed_minor(posting)
    return -minor if posting.account.name == "payee_receivable" else minor


def _kind(posting: Posting) -> str:
    return str(posting.explanation.get("kind", ""))
