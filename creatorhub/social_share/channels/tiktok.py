"""TikTok: no web intent. The link in the bio, the QR code in the video."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel(
    "tiktok",
    "tk",
    _("TikTok"),
    "music",
    takes=_("Put this address in your bio and show the QR code in the video."),
)
