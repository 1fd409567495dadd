"""Somebody's own links. A foreign one does not exist."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from creatorhub.accounts.models import User
from creatorhub.social_share.codes import read_code
from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.services import disable_link, enable_link
from creatorhub.studio.affiliate.link_pages import kit_path_of, link_page, link_rows, rows_of
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.permissions import signed_in

ROWS = 30


def _own_link(request: HttpRequest, code: str) -> ShareLink:
    links = ShareLink.objects.select_related("shop__owner", "listing__shop", "post", "sharer")
    return get_object_or_404(links, code=read_code(code), sharer__user=cast(User, request.user))


@require_safe
@signed_in
def links(request: HttpRequest) -> HttpResponse:
    """All of them, with what each brought so far."""
    rows = link_rows(user=cast(User, request.user))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "rows": rows_of(page), "shop": find_current_shop(request)}
    return render(request, "studio/affiliate/links.html", context)


@require_safe
@signed_in
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Every hit of one link by class, and why each sale was credited."""
    found = _own_link(request, code)
    context = {
        "page": link_page(found),
        "link": found,
        "kit_url": kit_path_of(found),
        "shop": find_current_shop(request),
    }
    return render(request, "studio/affiliate/link.html", context)


@require_POST
@signed_in
def link_switch(request: HttpRequest, code: str) -> HttpResponse:
    """Off, it leads on and credits nobody; on, it credits again."""
    found = _own_link(request, code)
    change = disable_link if found.disabled_at is None else enable_link
    change(link=found)
    return redirect("studio:link", found.code)
