"""Who is credited for the lines of paid orders, and what they earn."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from creatorhub.affiliates.attribution import Decision, Known, Purchase, Winner, decide
from creatorhub.affiliates.models import (
    Attribution,
    Commission,
    Enrolment,
    Programme,
    Refusal,
    Touch,
)
from creatorhub.affiliates.programmes import rate_of
from creatorhub.affiliates.same_person import mailboxes_of
from creatorhub.foundation.clock import now
from creatorhub.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldLine:
    """A paid order line, as its commission needs it.

    `base` is what the buyer paid for the line without tax and shipping; `expected_on` is when the
    commission is released if nothing changes.
    """

    order_line_id: int
    order_number: str
    shop_id: int
    buyer_email: str
    buyer_user_id: int | None
    placed_at: dt.datetime
    base: Money
    fee: Money
    expected_on: dt.date


@transaction.atomic
def credit_lines(*, lines: Sequence[SoldLine]) -> dict[int, Commission]:
    """Decide once who is credited for each line and freeze what it earns: order line → commission.

    A line that earns nobody anything is not in the answer. The commission never takes more than
    `base - fee`, so the shop's share is never negative. Repeating returns the first answer. The
    number of statements is the same for one line and for thousands, of one order or of many.
    """
    decided = _decided_before(lines)
    touches = _touches_of({line.order_number for line in lines})
    new = [
        line for line in lines if line.order_line_id not in decided and line.order_number in touches
    ]
    if new:
        decided.update(_credit(new, touches))
    return {pk: commission for pk, commission in decided.items() if commission is not None}


def _credit(
    lines: Sequence[SoldLine], touches: dict[str, list[Touch]]
) -> dict[int, Commission | None]:
    programmes = _programmes_of({line.shop_id for line in lines})
    known = _known_of(programmes, touches)
    decisions = [
        (line, _decide(line, touches[line.order_number], programmes, known)) for line in lines
    ]
    Refusal.objects.bulk_create(
        (_refusal(line, decision) for line, decision in decisions if decision.winner is None),
        ignore_conflicts=True,
    )
    credited = [
        (line, _attribution(line, decision.winner, decision.explain))
        for line, decision in decisions
        if decision.winner is not None
    ]
    Attribution.objects.bulk_create(attribution for _line, attribution in credited)
    earned = [commission for pair in credited if (commission := _commission(*pair))]
    Commission.objects.bulk_create(earned)
    return {commission.attribution.order_line_id: commission for commission in earned}


def _decide(
    line: SoldLine, touches: Sequence[Touch], programmes: dict[int, Programme], known: Known
) -> Decision:
    purchase = Purchase(
        programme=programmes.get(line.shop_id),
        buyer_email=line.buyer_email,
        buyer_user_id=line.buyer_user_id,
        placed_at=line.placed_at,
    )
    return decide(touches=touches, purchase=purchase, known=known)


def _decided_before(lines: Sequence[SoldLine]) -> dict[int, Commission | None]:
    """Lines that somebody was credited for already; None where that earned nothing."""
    earlier = Attribution.objects.filter(order_line__in=[line.order_line_id for line in lines])
    return {
        attribution.order_line_id: getattr(attribution, "commission", None)
        for attribution in earlier.select_related("commission", "link", "enrolment__owner")
    }


def _touches_of(order_numbers: set[str]) -> dict[str, list[Touch]]:
    found: defaultdict[str, list[Touch]] = defaultdict(list)
    rows = Touch.objects.filter(order_number__in=order_numbers)
    for touch in rows.select_related("link__sharer__user"):
        found[touch.order_number].append(touch)
    return found


def _programmes_of(shop_ids: set[int]) -> dict[int, Programme]:
    rows = Programme.objects.filter(shop__in=shop_ids).select_related("shop")
    return {programme.shop_id: programme for programme in rows.prefetch_related("rate_locks")}


def _known_of(programmes: dict[int, Programme], touches: dict[str, list[Touch]]) -> Known:
    """Everything that deciding asks about those whose links led here."""
    links = [touch.link for held in touches.values() for touch in held]
    sharers = {link.sharer.pk: link.sharer for link in links if link.sharer is not None}
    by_pk = {programme.pk: programme for programme in programmes.values()}
    members = {}
    for enrolment in Enrolment.objects.filter(programme__in=by_pk, owner__in=sharers):
        enrolment.programme = by_pk[enrolment.programme_id]
        enrolment.owner = sharers[enrolment.owner_id]
        members[enrolment.programme_id, enrolment.owner_id] = enrolment
    return Known(members, mailboxes_of(sharers.values()))


def _refusal(line: SoldLine, decision: Decision) -> Refusal:
    return Refusal(
        order_line_id=line.order_line_id,
        shop_id=line.shop_id,
        explain=decision.explain,
        decided_at=now(),
    )


def _attribution(line: SoldLine, winner: Winner, explain: list[dict[str, Any]]) -> Attribution:
    touch, enrolment = winner.touch, winner.enrolment
    return Attribution(
        order_line_id=line.order_line_id,
        enrolment=enrolment,
        link=touch.link,
        channel=touch.channel,
        click_id=touch.click_id,
        clicked_at=touch.clicked_at,
        window_days=enrolment.programme.window_days,
        explain=explain,
        decided_at=now(),
    )


def _commission(line: SoldLine, attribution: Attribution) -> Commission | None:
    """What the line earns, clamped to what the fee leaves; None when that is nothing."""
    rate_bps = rate_of(enrolment=attribution.enrolment, at=line.placed_at)
    amount = min(line.base.at_rate(rate_bps), line.base - line.fee)
    if amount <= Money.zero(line.base.currency):
        return None
    return Commission(
        attribution=attribution,
        base_minor=line.base.minor,
        rate_bps=rate_bps,
        amount_minor=amount.minor,
        currency=line.base.currency,
        expected_on=line.expected_on,
        created_at=now(),
    )
