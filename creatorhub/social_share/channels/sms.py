"""Text message: the form without a number that both Android and iOS read (RFC 5724)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"sms:?&body={encode(share.caption_with_url)}"


CHANNEL = Channel("sms", "sm", _("Text message"), "message-square", compose)
