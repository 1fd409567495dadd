"""Bluesky: the address goes inside the text, which may have 300 graphemes (docs.bsky.app)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode
from creatorhub.social_share.graphemes import count_graphemes, shorten

LONGEST = 300


def compose(share: ShareText) -> str:
    room = LONGEST - count_graphemes(share.url) - 1
    text = f"{shorten(share.caption, room)}\n{share.url}"
    return f"https://bsky.app/intent/compose?text={encode(text)}"


CHANNEL = Channel("bluesky", "bs", _("Bluesky"), "cloud", compose)
