"""Links, clicks and the people who make them."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from creatorhub.accounts.models import Party
from creatorhub.foundation.clock import now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.shops.models import Listing
from creatorhub.social_share.cards.drawing import TOPIC, draw_card
from creatorhub.social_share.clicks import new_click_id
from creatorhub.social_share.models import ShareCard, ShareLink
from creatorhub.social_share.services import link_for
from creatorhub.social_share.touch_cookie import SignedClick
from tests.factories.shops import a_published_listing

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
INSTAGRAM = f"{IPHONE} (KHTML, like Gecko) Mobile/15E148 Instagram 335.0.8 (iPhone15,3; ar)"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
FACEBOOK_PREVIEW = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"


def a_link(*, sharer: Party | None = None, listing: Listing | None = None) -> ShareLink:
    """A link to a published product; the shop's own unless somebody shares it."""
    return link_for(sharer=sharer, listing=listing or a_published_listing())


def a_visitor(user_agent: str = FIREFOX) -> Client:
    """A browser that nobody has used yet."""
    return Client(headers={"User-Agent": user_agent})


def a_card(listing: Listing, *, kind: str = "preview") -> ShareCard:
    """A drawn card of a product."""
    payload = {"kind": kind, "target": "listing", "pk": listing.pk, "code": ""}
    draw_card(OutboxMessage(topic=TOPIC, payload=payload))
    return ShareCard.objects.get(listing=listing, kind=kind)


def a_click(link: ShareLink, *, at: dt.datetime | None = None, channel: str = "x") -> SignedClick:
    """A click as the visitor's cookie would carry it."""
    moment = at or now()
    return SignedClick(new_click_id(moment), link.pk, channel, moment)
