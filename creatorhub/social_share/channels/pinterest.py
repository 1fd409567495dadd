"""Pinterest: a pin needs a picture; the description may have 500 characters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.social_share.channels.channel import Channel, ShareText, encode
from creatorhub.social_share.graphemes import shorten

LONGEST = 500


def compose(share: ShareText) -> str:
    return (
        f"https://www.pinterest.com/pin/create/button/?url={encode(share.url)}"
        f"&media={encode(share.picture_url)}&description={encode(shorten(share.caption, LONGEST))}"
    )


CHANNEL = Channel("pinterest", "pi", _("Pinterest"), "pin", compose)
