"""Clicks that survive lost cookies: kept with baskets, accounts and orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from creatorhub.accounts.models import User
from creatorhub.affiliates.programmes import LONGEST_WINDOW_DAYS
from creatorhub.foundation.clock import now
from creatorhub.social_share.touch_cookie import SignedClick

# The clicks a visitor carries, and those held by the basket and the account that is named; one
# touch per click and holder. Links of nobody are left out, and those of people whom the link's
# own shop excluded.
_BIND = """
INSERT INTO affiliates_touch
    (link_id, click_id, clicked_at, channel, user_id, basket_id, order_number, bound_at)
SELECT link.id, known.click_id, known.clicked_at, known.channel,
    %(user)s::bigint, %(basket)s::bigint, %(order)s, %(now)s::timestamptz
FROM (
    SELECT * FROM unnest(%(links)s::bigint[], %(clicks)s::uuid[], %(moments)s::timestamptz[],
        %(channels)s::text[]) AS carried (link_id, click_id, clicked_at, channel)
    UNION
    SELECT link_id, click_id, clicked_at, channel FROM affiliates_touch
    WHERE order_number = '' AND clicked_at >= %(oldest)s
        AND (basket_id = %(from_basket)s::bigint OR user_id = %(from_user)s::bigint)
) AS known
JOIN social_share_sharelink AS link ON link.id = known.link_id
WHERE link.sharer_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM affiliates_enrolment AS enrolment
    JOIN affiliates_programme AS programme ON programme.id = enrolment.programme_id
    WHERE programme.shop_id = link.shop_id AND enrolment.owner_id = link.sharer_id
        AND enrolment.state = 'banned'
)
ON CONFLICT DO NOTHING
"""


def bind_basket_touches(*, basket_id: int, clicks: Iterable[SignedClick]) -> None:
    """Remember a visitor's clicks with the basket, because in-app browsers lose cookies."""
    _bind(clicks, basket=basket_id)


def bind_user_touches(*, user: User, clicks: Iterable[SignedClick]) -> None:
    """Remember a visitor's clicks with the account, so that another device can count them."""
    _bind(clicks, user=user.pk)


def bind_order_touches(
    *, order_number: str, basket_id: int | None, user: User | None, clicks: Iterable[SignedClick]
) -> None:
    """Freeze, with a placed order, every click known from cookie, basket and account."""
    from_user = user.pk if user is not None else None
    _bind(clicks, order=order_number, from_basket=basket_id, from_user=from_user)


def _bind(
    clicks: Iterable[SignedClick],
    *,
    user: int | None = None,
    basket: int | None = None,
    order: str = "",
    from_basket: int | None = None,
    from_user: int | None = None,
) -> None:
    """One statement, however many clicks; none when there is nothing to look for."""
    carried = list(clicks)
    if not carried and from_basket is None and from_user is None:
        return
    moment = now()
    with connection.cursor() as cursor:
        cursor.execute(
            _BIND,
            {
                "user": user,
                "basket": basket,
                "order": order,
                "now": moment,
                "links": [click.link_id for click in carried],
                "clicks": [click.click_id for click in carried],
                "moments": [click.clicked_at for click in carried],
                "channels": [click.channel for click in carried],
                "oldest": moment - dt.timedelta(days=LONGEST_WINDOW_DAYS),
                "from_basket": from_basket,
                "from_user": from_user,
            },
        )
