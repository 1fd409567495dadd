"""WT.Social: no web intent. A post with the link pasted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel(
    "wtsocial",
    "wt",
    _("WT.Social"),
    "globe",
    takes=_("Paste the caption and this address into a new post."),
)
