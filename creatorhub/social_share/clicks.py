"""Recording a hit on a link: what is kept, and what the visitor carries away."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from creatorhub.foundation.clock import now
from creatorhub.social_share.channels import registry
from creatorhub.social_share.classify import Klass, Verdict
from creatorhub.social_share.models import Click, DaySalt, ShareLink
from creatorhub.social_share.sources import host_of, in_app_of, source_of
from creatorhub.social_share.touch_cookie import SignedClick, Touches

SAME_VISIT = dt.timedelta(hours=1)
SALT_LIVES = dt.timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Hit:
    """A request on a link, with the channel it named and the class of the request."""

    request: HttpRequest
    link: ShareLink
    channel: str
    verdict: Verdict
    touches: Touches


@transaction.atomic
def record_hit(hit: Hit) -> tuple[Click, SignedClick | None]:
    """Store the hit. The signed click is for the visitor's cookie; None when nobody visited."""
    at = now()
    visitor = _visitor_hash(hit.request, at.date())
    verdict = _whose_visit(hit, visitor, at)
    user_agent = hit.request.headers.get("User-Agent", "")
    source = source_of(
        channel=hit.channel,
        query=hit.request.GET,
        referrer=hit.request.headers.get("Referer", ""),
        user_agent=user_agent,
    )
    click = Click.objects.create(
        id=new_click_id(at),
        at=at,
        link=hit.link,
        klass=verdict.klass,
        reason=verdict.reason,
        source=source,
        referrer_host=host_of(hit.request.headers.get("Referer", "")),
        in_app=in_app_of(user_agent),
        device=device_of(user_agent),
        country=_country_of(hit.request),
        is_qr=registry.key_of(hit.channel) == "qr",
        visitor_hash=visitor,
    )
    if not verdict.is_visit:
        return click, None
    return click, SignedClick(click.id, hit.link.pk, source, at)


def new_click_id(at: dt.datetime) -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): milliseconds first, so that rows are stored in order."""
    milliseconds = (at - dt.datetime.fromtimestamp(0, tz=dt.UTC)) // dt.timedelta(milliseconds=1)
    number = (milliseconds << 80) | secrets.randbits(80)
    number = (number & ~(0xF << 76)) | (7 << 76)
    return uuid.UUID(int=(number & ~(0x3 << 62)) | (2 << 62))


def device_of(user_agent: str) -> str:
    """`phone`, `tablet` or `computer`, as far as a user agent tells."""
    if re.search(r"iPad|Tablet|Android(?!.*Mobile)", user_agent):
        return "tablet"
    return "phone" if re.search(r"Mobi|iPhone|Android", user_agent) else "computer"


def forget_old_salts() -> int:
    """Delete the salts of past days, and with them the way back from hash to visitor."""
    yesterday = (now() - SALT_LIVES).date()
    return DaySalt.objects.filter(on__lt=yesterday).delete()[0]


def _whose_visit(hit: Hit, visitor: str, at: dt.datetime) -> Verdict:
    """A person's hit may be the sharer's own, the shop's own, or the same person again."""
    if hit.verdict.klass != Klass.HUMAN:
        return hit.verdict
    user = hit.request.user
    sharer = hit.link.sharer
    if user.is_authenticated and sharer is not None and sharer.user_id == user.pk:
        return Verdict(Klass.INTERNAL, "own_link")
    if user.is_authenticated and hit.link.shop.owner.user_id == user.pk:
        return Verdict(Klass.INTERNAL, "shop_owner")
    if "no-track" in hit.request.GET:
        return Verdict(Klass.INTERNAL, "no_track")
    return (
        Verdict(Klass.DUPLICATE, "within_an_hour")
        if _came_before(hit, visitor, at)
        else hit.verdict
    )


def _came_before(hit: Hit, visitor: str, at: dt.datetime) -> bool:
    """The cookie knows best; without one the salted hash may count a person, never credit one."""
    since = at - SAME_VISIT
    if any(c.link_id == hit.link.pk and c.clicked_at > since for c in hit.touches.clicks):
        return True
    if hit.touches.clicks:
        return False
    return Click.objects.filter(
        link=hit.link, at__gt=since, visitor_hash=visitor, klass=Klass.HUMAN
    ).exists()


def _visitor_hash(request: HttpRequest, on: dt.date) -> str:
    facts = "\n".join(
        (_address_of(request), request.headers.get("User-Agent", ""), settings.LINK_SIGNING_KEY)
    )
    return hmac.new(_salt_of(on), facts.encode(), hashlib.sha256).hexdigest()[:32]


def _salt_of(on: dt.date) -> bytes:
    row, _ = DaySalt.objects.get_or_create(on=on, defaults={"salt": secrets.token_bytes(32)})
    return bytes(row.salt)


def _address_of(request: HttpRequest) -> str:
    """The visitor's address as our own proxies report it; it is hashed and never stored."""
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if count and len(hops) >= count and hops[-count]:
        return hops[-count]
    return str(request.META.get("REMOTE_ADDR", ""))


def _country_of(request: HttpRequest) -> str:
    """What a proxy in front of us says, when there is one we trust; else unknown."""
    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ""
    country = request.headers.get("CF-IPCountry", "")
    return country if re.fullmatch("[A-Z]{2}", country) else ""
