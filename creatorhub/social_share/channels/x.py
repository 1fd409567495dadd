"""X: web intent. The text goes first, the address is counted as 23 characters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://x.com/intent/post?text={encode(share.caption)}&url={encode(share.url)}"


CHANNEL = Channel("x", "x", _("X"), "x", compose)
