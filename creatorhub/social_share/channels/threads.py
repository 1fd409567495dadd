"""Threads: web intents, https://developers.facebook.com/docs/threads/threads-web-intents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return (
        f"https://www.threads.com/intent/post?text={encode(share.caption)}&url={encode(share.url)}"
    )


CHANNEL = Channel("threads", "th", _("Threads"), "at-sign", compose)
