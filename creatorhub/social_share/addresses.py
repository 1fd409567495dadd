"""The absolute addresses of links."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from creatorhub.social_share.models import ShareLink


def url_of(link: ShareLink, channel: str = "") -> str:
    """The link's absolute address, in a channel's variant when one is given."""
    slug = f"{link.code}-{channel}" if channel else link.code
    return settings.BASE_URL + reverse("social_share:link", args=[slug])
