"""The share kit of a product, a post or a shop."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.studio.affiliate.kit_pages import (
    ForeignError,
    KitPage,
    NotAMemberError,
    card_tiles,
    kit_page,
)
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.permissions import signed_in


def _page(request: HttpRequest, kind: str, pk: int) -> KitPage:
    try:
        user = cast(User, request.user)
        return kit_page(user=user, kind=kind, pk=pk, language=get_language() or "en")
    except ForeignError as error:
        raise Http404("nothing to share here") from error


@require_safe
@signed_in
def share(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Link, networks, captions, pictures. Whoever could earn joins first."""
    try:
        page = _page(request, kind, pk)
    except NotAMemberError as error:
        return redirect(error.join_path)
    return render(request, "studio/affiliate/share.html", _context(request, page))


@require_safe
@signed_in
def share_pictures(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Only the pictures: the page asks again until all are drawn."""
    try:
        page = _page(request, kind, pk)
    except NotAMemberError as error:
        return redirect(error.join_path)
    return render(request, "studio/affiliate/pictures.html", _context(request, page))


def _context(request: HttpRequest, page: KitPage) -> dict[str, Any]:
    tiles = card_tiles(page)
    return {
        "page": page,
        "kit": page.kit,
        "tiles": tiles,
        "waits": any(not tile.url for tile in tiles),
        "shop": find_current_shop(request),
    }
