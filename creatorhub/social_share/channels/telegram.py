"""Telegram: share link widget, https://core.telegram.org/widgets/share."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://t.me/share/url?url={encode(share.url)}&text={encode(share.caption)}"


CHANNEL = Channel("telegram", "tg", _("Telegram"), "send", compose)
