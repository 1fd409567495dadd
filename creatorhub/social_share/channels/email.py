"""E-mail: RFC 6068, with CRLF between the lines of the body."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    body = share.caption_with_url.replace("\n", "\r\n")
    return f"mailto:?subject={encode(share.title)}&body={encode(body)}"


CHANNEL = Channel("email", "em", _("E-mail"), "mail", compose)
