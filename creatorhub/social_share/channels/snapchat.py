"""Snapchat: no web intent without its script. A story with an attached link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel

CHANNEL = Channel(
    "snapchat",
    "sc",
    _("Snapchat"),
    "ghost",
    takes=_("Post the story picture and attach this address to it."),
)
