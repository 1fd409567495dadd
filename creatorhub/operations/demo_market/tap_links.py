"""Somebody taps a link in an app."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import reverse

from creatorhub.social_share.classify import classify
from creatorhub.social_share.clicks import Hit, record_hit
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.touch_cookie import SignedClick, Touches

USER_AGENTS = {
    "ig": (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
        "(KHTML, like Gecko) Mobile/22B83 Instagram 358.0.0.33.93 (iPhone15,3; iOS 18_1; ar)"
    ),
    "tk": (
        "Mozilla/5.0 (Linux; Android 15; SM-S928B) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Version/4.0 Chrome/130.0 Mobile Safari/537.36 musical_ly_370 BytedanceWebview"
    ),
}
ANY_PHONE = (
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0 Mobile Safari/537.36"
)


def tap(*, link: ShareLink, channel: str, visitor: int) -> SignedClick | None:
    """The hit as the link's page would record it; the click that the visitor carries away.

    `visitor` stands for a person: the same number is the same address in the salted hash.
    """
    request = RequestFactory().get(
        reverse("social_share:link", args=[f"{link.code}-{channel}"]),
        headers={"user-agent": USER_AGENTS.get(channel, ANY_PHONE), "sec-fetch-dest": "document"},
        REMOTE_ADDR=f"10.{visitor // 65536}.{visitor // 256 % 256}.{visitor % 256}",
    )
    request.user = AnonymousUser()
    hit = Hit(
        request=request,
        link=link,
        channel=channel,
        verdict=classify(request),
        touches=Touches("demo", ()),
    )
    _, click = record_hit(hit)
    return click
