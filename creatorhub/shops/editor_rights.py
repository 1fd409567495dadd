"""Which of Wagtail's addresses a creator may open.

Wagtail guards what one may change; some of its lists, choosers and bulk pages name everybody's
pages and pictures to anyone who may enter the editor. Hooks reach most of them (`wagtail_hooks`),
these ones only by their address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest
from wagtail.images.models import Image
from wagtail.models import Page

from creatorhub.foundation.keys import read_key
from creatorhub.shops.wagtail_hooks import own_images, own_pages, with_the_way_there

_CLOSED = ("reports/", "api/")
# The menu at the side walks through the tree with this one; its own hook leaves the others out.
_TREE = "api/main/pages/"
_BULK_PAGES = "bulk/wagtailcore/page/"
_BULK_IMAGES = "bulk/wagtailimages/image/"
_CHOOSER = re.compile(r"choose-page/(\d+)/")
_CHOSEN_PAGES = "choose-page/chosen-multiple/"


def may_open(request: HttpRequest, *, below: str) -> bool:
    """Whether a creator may open what lies `below` the editor's address: only what is their own."""
    user: Any = request.user
    if below == _TREE and {"child_of", "for_explorer"} <= request.GET.keys():
        return True
    if below.startswith(_CLOSED):
        return False
    if below.startswith("bulk/"):
        return _names_only_own(request, below, user)
    if below == _CHOSEN_PAGES:
        return _all_among(with_the_way_there(Page.objects.all(), user), request.GET.getlist("id"))
    chooser = _CHOOSER.match(below)
    return chooser is None or _all_among(
        with_the_way_there(Page.objects.all(), user), [chooser.group(1)]
    )


def _names_only_own(request: HttpRequest, below: str, user: Any) -> bool:
    asked = request.GET.getlist("id")
    if below.startswith(_BULK_PAGES):
        return _all_among(own_pages(Page.objects.all(), user), asked)
    if below.startswith(_BULK_IMAGES):
        return _all_among(own_images(Image.objects.all(), user), asked)
    return False


def _all_among(rows: Any, words: Sequence[str]) -> bool:
    """Every word is the key of one of the rows; "all" and nonsense are not."""
    keys: Collection[int | None] = {read_key(word) for word in words}
    return None not in keys and rows.filter(pk__in=keys).count() == len(keys)
