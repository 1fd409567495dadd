"""Mastodon: the share page asks for the person's own server."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://share.joinmastodon.org/#text={encode(share.caption_with_url)}"


CHANNEL = Channel("mastodon", "ma", _("Mastodon"), "megaphone", compose)
