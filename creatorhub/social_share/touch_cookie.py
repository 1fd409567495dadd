"""The visitor's last clicks in one signed, first-party cookie.

It is set from the request alone and knows no programmes: `affiliates` decides what a click earns.
Tampered, oversized or outdated content reads as nothing, never as an error.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import get_random_string

NAME = "touches"
KEEPS_CLICKS = 10
LIVES_DAYS = 90  # The longest window a programme may have.
LARGEST = 3500  # Browsers drop cookies above 4096 bytes, name and attributes included.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class SignedClick:
    """One click as its visitor carries it."""

    click_id: uuid.UUID
    link_id: int
    channel: str
    clicked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Touches:
    """All a visitor carries: a random id, and clicks from the oldest to the newest."""

    visitor_id: str
    clicks: tuple[SignedClick, ...]

    def with_click(self, click: SignedClick) -> Touches:
        return Touches(self.visitor_id, (*self.clicks, click)[-KEEPS_CLICKS:])


def read(request: HttpRequest) -> tuple[SignedClick, ...]:
    """The clicks this visitor carries, oldest first; nothing when there is no valid cookie."""
    return read_touches(request).clicks


def read_touches(request: HttpRequest) -> Touches:
    """Visitor and clicks; a visitor without a valid cookie gets a new random id."""
    raw = request.COOKIES.get(NAME, "")
    if raw and len(raw) <= LARGEST:
        try:
            return _parse(_signer().unsign(raw))
        except (BadSignature, ValueError, TypeError, KeyError, OverflowError):
            pass
    return Touches(get_random_string(16), ())


def write(response: HttpResponseBase, touches: Touches) -> None:
    """Hand the visitor the signed clicks: HttpOnly, Lax, Secure wherever the market is HTTPS."""
    response.set_cookie(
        NAME,
        _signer().sign(_serialise(touches)),
        max_age=LIVES_DAYS * 86_400,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )


def _signer() -> Signer:
    return Signer(key=settings.LINK_SIGNING_KEY, salt="creatorhub.touches", sep="~")


def _serialise(touches: Touches) -> str:
    """Cookie-safe: only letters, digits and `. - _ *` (no quotes, commas or semicolons)."""
    clicks = [
        f"{click.click_id.hex}*{click.link_id}*{click.channel}*{_to_milliseconds(click.clicked_at)}"
        for click in touches.clicks
    ]
    return ".".join([str(FORMAT), touches.visitor_id, *clicks])


def _parse(text: str) -> Touches:
    version, visitor_id, *clicks = text.split(".")
    if int(version) != FORMAT:
        raise ValueError("another format")
    return Touches(visitor_id, tuple(_parse_click(click) for click in clicks))


def _parse_click(text: str) -> SignedClick:
    click_id, link_id, channel, milliseconds = text.split("*")
    return SignedClick(
        uuid.UUID(hex=click_id), int(link_id), channel, _from_milliseconds(int(milliseconds))
    )


def _to_milliseconds(moment: dt.datetime) -> int:
    return (moment - dt.datetime.fromtimestamp(0, tz=dt.UTC)) // dt.timedelta(milliseconds=1)


def _from_milliseconds(milliseconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(0, tz=dt.UTC) + dt.timedelta(milliseconds=milliseconds)
