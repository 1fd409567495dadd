"""LinkedIn: share-offsite takes only an address and reads the rest from the page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode


def compose(share: ShareText) -> str:
    return f"https://www.linkedin.com/sharing/share-offsite/?url={encode(share.url)}"


CHANNEL = Channel("linkedin", "li", _("LinkedIn"), "briefcase", compose)
