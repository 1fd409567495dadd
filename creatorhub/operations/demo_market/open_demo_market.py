"""The whole demo market, once."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Sequence

from django.conf import settings

from creatorhub.foundation.clock import now, travel_to
from creatorhub.operations.demo_logins import make_demo_person
from creatorhub.operations.demo_market.live_demo_days import DAYS, live_demo_days
from creatorhub.operations.demo_market.open_demo_shops import open_demo_shops
from creatorhub.operations.demo_market.words import HANDLES
from creatorhub.shops.models import Shop

log = logging.getLogger(__name__)


def open_demo_market(*, days: int = DAYS, handles: Sequence[str] = HANDLES) -> bool:
    """Open it unless this market has shops already. Returns whether it was opened.

    These shops have `days` of life behind them. RuntimeError outside a sandbox: demo people have
    known passwords.
    """
    if not settings.SANDBOX:
        raise RuntimeError("a demo market lives in a sandbox only")
    if Shop.objects.exists():
        return False
    started = time.monotonic()
    until = now()
    opening = until - dt.timedelta(days=days + 8)
    make_demo_person(role="staff", name="Staff", language="en")
    with travel_to(opening):
        shops = open_demo_shops(handles=handles, last_post_at=until - dt.timedelta(days=1))
    log.info("demo market: %s shops open after %.0f s", len(shops), time.monotonic() - started)
    live_demo_days(shops=shops, until=until, days=days)
    log.info("demo market: %s days lived after %.0f s", days, time.monotonic() - started)
    return True
