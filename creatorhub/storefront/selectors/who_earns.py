"""Who earns if this visitor buys from this shop now: said on the page before they buy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from creatorhub.affiliates.attribution import Purchase, decide
from creatorhub.affiliates.models import Programme, Touch
from creatorhub.affiliates.programmes import rate_of
from creatorhub.foundation.clock import now
from creatorhub.shops.models import Shop
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.touch_cookie import SignedClick


@dataclass(frozen=True)
class Earner:
    """The person whose link led here, and their share of what is bought."""

    name: str
    rate_bps: int


def who_earns(*, clicks: Sequence[SignedClick], shop: Shop, user_id: int | None) -> Earner | None:
    """The same decision that a sale would make now, from the visitor's own clicks.

    Nobody without a cookie costs a query.
    """
    if not clicks:
        return None
    links = (
        ShareLink.objects.filter(pk__in={click.link_id for click in clicks}, disabled_at=None)
        .select_related("sharer__user")
        .in_bulk()
    )
    touches = [
        Touch(
            pk=place,
            link=links[click.link_id],
            click_id=click.click_id,
            clicked_at=click.clicked_at,
            channel=click.channel,
        )
        for place, click in enumerate(clicks)
        if click.link_id in links
    ]
    programme = Programme.objects.filter(shop=shop).select_related("shop").first()
    purchase = Purchase(programme=programme, buyer_email="", buyer_user_id=user_id, placed_at=now())
    decision = decide(touches=touches, purchase=purchase)
    if decision.enrolment is None or programme is None:
        return None
    return Earner(
        name=decision.enrolment.owner.name,
        rate_bps=rate_of(enrolment=decision.enrolment, at=purchase.placed_at),
    )
