"""Which click is credited for one order line, and why every other is not. Reads, never writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
class Decision:
    """The winning touch with its enrolment, or neither; and the record of all candidates."""

    touch: Touch | None
    enrolment: Enrolment | None
    explain: list[dict[str, Any]]


def decide(*, touches: Sequence[Touch], purchase: Purchase) -> Decision:
    """The last eligible click wins. Candidates are explained from the newest to the oldest."""
    members = _members(touches, purchase.programme)
    winner: Touch | None = None
    explain = []
    for touch in sorted(touches, key=lambda touch: (touch.clicked_at, touch.pk), reverse=True):
        sharer = touch.link.sharer
        member = members.get(sharer.pk) if sharer else None
        reason = _why_not(touch, sharer, member, purchase)
        if reason is None and winner is not None:
            reason = "later_click_won"
        if reason is None:
            winner = touch
        explain.append(_line_of_record(touch, reason or CREDITED))
    if winner is None or winner.link.sharer is None:
        return Decision(None, None, explain)
    return Decision(winner, members[winner.link.sharer.pk], explain)


def _members(touches: Sequence[Touch], programme: Programme | None) -> dict[int, Enrolment]:
    if programme is None:
        return {}
    sharers = {touch.link.sharer_id for touch in touches if touch.link.sharer_id}
    found = programme.enrolments.filter(owner__in=sharers).select_related("owner__user")
    return {enrolment.owner_id: enrolment for enrolment in found}


def _why_not(
    touch: Touch, sharer: Party | None, member: Enrolment | None, purchase: Purchase
) -> str | None:
    """The reason code that rules a candidate out; None when it is eligible."""
    if sharer is None:
        return "shared_by_nobody"
    return (
        _programme_reason(sharer, purchase.programme)
        or _member_reason(touch, member)
        or _time_reason(touch, purchase)
        or _buyer_reason(sharer, purchase)
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


def _buyer_reason(sharer: Party, purchase: Purchase) -> str | None:
    same = is_same_person(
        party=sharer, buyer_email=purchase.buyer_email, buyer_user_id=purchase.buyer_user_id
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
