"""Reddit: submit a link with a title."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    title = " ".join(share.caption.split())
    return f"https://www.reddit.com/submit?url={encode(share.url)}&title={encode(title)}"


CHANNEL = Channel("reddit", "re", _("Reddit"), "message-square-text", compose)
