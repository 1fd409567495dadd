"""YouTube: no web intent. A block for the description and a pinned comment."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel(
    "youtube",
    "yt",
    _("YouTube"),
    "play",
    takes=_("Paste the caption into the description, and again as a pinned comment."),
)
