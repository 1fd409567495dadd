"""Facebook: the sharer takes only an address and reads the rest from the page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://www.facebook.com/sharer/sharer.php?u={encode(share.url)}"


CHANNEL = Channel("facebook", "fb", _("Facebook"), "users", compose)
