"""Handles: what one may be, what an eye takes for the same, and a suggestion from any script."""

from __future__ import annotations

import re

from anyascii import anyascii
from confusable_homoglyphs import confusables
from django.utils.translation import gettext as _

from creatorhub.foundation.clock import now
from creatorhub.shops.models import HandleHistory, Shop

SHAPE = re.compile(r"^[a-z0-9][a-z0-9_.-]{1,28}[a-z0-9]$")
LONGEST = 30

_RESERVED = """
about account accounts admin administrator affiliate affiliates ads api app apps apple ar art
auth basket billing blog bot cart checkout cms contact creatorhub dashboard demo docs download
downloads earn en everyone facebook faq feed feeds google help home hub inbox info instagram
join jobs legal library linkedin login logout mail market media me menu messages moderator my
news official order orders pay payment payments payout payouts pinterest police post posts
press privacy privacy-policy profile register report root rss safety sandbox search security
seller settings share shop shops sign-in sign-up signin signup sitemap snapchat staff static
status store stripe studio support system team telegram terms test tiktok twitter user users
verified webhooks webmaster whatsapp www x youtube
"""

# What an eye takes for one another in the letters a handle may have.
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z"})


class HandleError(ValueError):
    """A handle that cannot be given. The message is a sentence for its reader."""


def skeleton(handle: str) -> str:
    """The handle as an eye sees it; two handles with one skeleton would pass for each other."""
    plain = handle.lower().replace("_", "").replace(".", "").replace("-", "")
    return plain.replace("rn", "m").replace("vv", "w").translate(_LOOKALIKES)


_RESERVED_SKELETONS = frozenset(skeleton(word) for word in _RESERVED.split())


def check_handle(*, handle: str, shop: Shop | None = None) -> str:
    """The handle in lower case. HandleError when misshapen, reserved, taken or too like another."""
    if not handle.isascii() and confusables.is_dangerous(handle):
        raise HandleError(_("Some of these letters only look Latin. Type it on a Latin keyboard."))
    handle = handle.strip().lstrip("@").lower()
    if not SHAPE.match(handle):
        raise HandleError(
            _("Use 3 to 30 Latin letters, digits, dots, dashes or underscores: layan.studio")
        )
    if ".." in handle or _is_reserved(handle):
        raise HandleError(_("This name is kept for the market itself. Choose another one."))
    if _is_taken(handle, shop):
        raise HandleError(_("This name is taken, or too easily mistaken for one that is."))
    return handle


def suggest_handle(*, name: str) -> str:
    """A free handle made from a shop's name in any script."""
    words = re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    stem = words[: LONGEST - 4].strip("-") or "shop"
    stem = stem if len(stem) >= 3 else f"{stem}-shop"
    for number in range(1, 1000):
        handle = stem if number == 1 else f"{stem}-{number}"
        try:
            return check_handle(handle=handle)
        except HandleError:
            continue
    raise HandleError(_("Choose a handle for your shop."))


def _is_reserved(handle: str) -> bool:
    return skeleton(handle) in _RESERVED_SKELETONS


def _is_taken(handle: str, shop: Shop | None) -> bool:
    look = skeleton(handle)
    shops = Shop.objects.filter(handle_skeleton=look)
    kept = HandleHistory.objects.filter(handle_skeleton=look, reserved_until__gt=now())
    if shop is not None:
        shops, kept = shops.exclude(pk=shop.pk), kept.exclude(shop=shop)
    return shops.exists() or kept.exists()
