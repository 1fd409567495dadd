"""WhatsApp: click to chat, https://faq.whatsapp.com/5913398998672934."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://wa.me/?text={encode(share.caption_with_url)}"


CHANNEL = Channel("whatsapp", "wa", _("WhatsApp"), "message-circle", compose)
