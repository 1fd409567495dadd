"""Instagram: no web intent. A story with a link sticker, or the link in the bio."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel(
    "instagram",
    "ig",
    _("Instagram"),
    "camera",
    takes=_("Post the story picture, add a link sticker with this address, or put it in your bio."),
)
