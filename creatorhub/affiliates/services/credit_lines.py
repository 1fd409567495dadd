"""Who is credited for the lines of paid orders, and what they earn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from oscar.apps.order.models import Line

from creatorhub.accounts.models import User
from creatorhub.affiliates.attribution import Decision, Purchase, decide
from creatorhub.affiliates.models import (
    Attribution,
    Commission,
    Enrolment,
    Programme,
    Refusal,
    Touch,
)
from creatorhub.affiliates.programmes import rate_of
from creatorhub.foundation.clock import now
from creatorhub.money import Money
from creatorhub.shops.models import Shop


@transaction.atomic
def credit_line(
    *,
    order_line: Line,
    shop: Shop,
    order_number: str,
    buyer_email: str,
    buyer_user: User | None,
    placed_at: dt.datetime,
    base: Money,
    fee: Money,
    expected_on: dt.date,
) -> Commission | None:
    """Decide once who is credited for a line and freeze what it earns; None when nobody earns.

    `base` is what the buyer paid for the line without tax and shipping; the commission never
    takes more than `base - fee`, so the shop's share is never negative. Repeating returns the
    first answer.
    """
    earlier = Attribution.objects.filter(order_line=order_line).first()
    if earlier is not None:
        return Commission.objects.filter(attribution=earlier).first()
    decision = decide(
        touches=_touches_of_order(order_number),
        purchase=Purchase(
            programme=Programme.objects.filter(shop=shop).select_related("shop").first(),
            buyer_email=buyer_email,
            buyer_user_id=buyer_user.pk if buyer_user else None,
            placed_at=placed_at,
        ),
    )
    if decision.touch is None or decision.enrolment is None:
        _keep_refusal(order_line, shop, decision)
        return None
    attribution = _keep_attribution(order_line, decision.touch, decision.enrolment, decision)
    rate_bps = rate_of(enrolment=decision.enrolment, at=placed_at)
    return _earn(attribution, rate_bps=rate_bps, base=base, fee=fee, expected_on=expected_on)


def _touches_of_order(order_number: str) -> Sequence[Touch]:
    return list(
        Touch.objects.filter(order_number=order_number).select_related("link__sharer__user")
    )


def _earn(
    attribution: Attribution, *, rate_bps: int, base: Money, fee: Money, expected_on: dt.date
) -> Commission | None:
    """The commission, clamped to what the fee leaves; None when that is nothing."""
    amount = min(base.at_rate(rate_bps), base - fee)
    if amount <= Money.zero(base.currency):
        return None
    return Commission.objects.create(
        attribution=attribution,
        base_minor=base.minor,
        rate_bps=rate_bps,
        amount_minor=amount.minor,
        currency=base.currency,
        expected_on=expected_on,
        created_at=now(),
    )


def _keep_refusal(order_line: Line, shop: Shop, decision: Decision) -> None:
    if decision.explain:
        Refusal.objects.get_or_create(
            order_line=order_line,
            defaults={"shop": shop, "explain": decision.explain, "decided_at": now()},
        )


def _keep_attribution(
    order_line: Line, touch: Touch, enrolment: Enrolment, decision: Decision
) -> Attribution:
    return Attribution.objects.create(
        order_line=order_line,
        enrolment=enrolment,
        link=touch.link,
        channel=touch.channel,
        click_id=touch.click_id,
        clicked_at=touch.clicked_at,
        window_days=enrolment.programme.window_days,
        explain=decision.explain,
        decided_at=now(),
    )
