"""Which click is credited for one order line, and why every other is not. Pure: reads no rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from creatorhub.accounts.models import Party
from creatorhub.affiliates.models import Enrolment, Programme, Touch
from creatorhub.affiliates.same_person import is_same_person

CREDITED = "credited"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is known of the buyer of a line when it is decided whom to credit."""

    programme: Programme | None
    buyer_email: str
    buyer_user_id: int | None
    placed_at: dt.datetime

    @property
    def window(self) -> dt.timedelta:
        return dt.timedelta(days=self.programme.window_days if self.programme else 0)


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of the sharers: their enrolments and mailboxes, by programme and party."""

    members: Mapping[tuple[int, int], Enrolment]
    mailboxes: Mapping[int, Set[str]]

    def member(self, programme: Programme | None, sharer: Party | None) -> Enrolment | None:
        """This person's enrolment in this programme, whatever its state."""
        if programme is None or sharer is None:
            return None
        return self.members.get((programme.pk, sharer.pk))


@dataclass(frozen=True, slots=True)
class Winner:
    """The credited click, and the membership of its sharer."""

    touch: Touch
    enrolment: Enrolment


@dataclass(frozen=True, slots=True)
class Decision:
    """The winner, if there is one, and the record of all candidates."""

    winner: Winner | None
    explain: list[dict[str, Any]]


def decide(*, touches: Sequence[Touch], purchase: Purchase, known: Known) -> Decision:
    """The last eligible click wins. Candidates are explained from the newest to the oldest."""
    winner: Winner | None = None
    explain = []
    for touch in sorted(touches, key=lambda touch: (touch.clicked_at, touch.pk), reverse=True):
        member = known.member(purchase.programme, touch.link.sharer)
        reason = _why_not(touch, member, purchase, known)
        if reason is None and winner is not None:
            reason = "later_click_won"
        if reason is None and member is not None:
            winner = Winner(touch, member)
        explain.append(_line_of_record(touch, reason or CREDITED))
    return Decision(winner, explain)


def _why_not(
    touch: Touch, member: Enrolment | None, purchase: Purchase, known: Known
) -> str | None:
    """The reason code that rules a candidate out; None when it is eligible."""
    sharer = touch.link.sharer
    if sharer is None:
        return "shared_by_nobody"
    return (
        _programme_reason(sharer, purchase.programme)
        or _member_reason(touch, member)
        or _time_reason(touch, purchase)
        or _buyer_reason(sharer, purchase, known)
    )


def _programme_reason(sharer: Party, programme: Programme | None) -> str | None:
    if programme is None or programme.state == Programme.State.CLOSED:
        return "no_programme"
    if sharer.pk == programme.shop.owner_id:
        return "owns_the_shop"
    if programme.state == Programme.State.PAUSED:
        return "programme_paused"
    return None


def _member_reason(touch: Touch, member: Enrolment | None) -> str | None:
    if member is None:
        return "not_a_member"
    if member.state == Enrolment.State.BANNED:
        return "excluded"
    if member.state == Enrolment.State.LEFT:
        return "left_programme"
    if member.joined_at > touch.clicked_at:
        return "joined_after_click"
    return None


def _time_reason(touch: Touch, purchase: Purchase) -> str | None:
    """The window closes exactly `window_days` after the click; its last instant still counts."""
    if touch.clicked_at > purchase.placed_at:
        return "clicked_after_order"
    if purchase.placed_at - touch.clicked_at > purchase.window:
        return "window_over"
    return None


def _buyer_reason(sharer: Party, purchase: Purchase, known: Known) -> str | None:
    same = is_same_person(
        party=sharer,
        mailboxes=known.mailboxes.get(sharer.pk, frozenset()),
        buyer_email=purchase.buyer_email,
        buyer_user_id=purchase.buyer_user_id,
    )
    return "own_purchase" if same else None


def _line_of_record(touch: Touch, outcome: str) -> dict[str, Any]:
    return {
        "click": str(touch.click_id),
        "link": touch.link.code,
        "sharer": touch.link.sharer_id,
        "channel": touch.channel,
        "clicked_at": touch.clicked_at.isoformat(),
        "outcome": outcome,
    }
