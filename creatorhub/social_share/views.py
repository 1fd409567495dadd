"""Following a link; its QR code; its cards."""

from __future__ import annotations

import logging
from pathlib import PurePath

from django.core.cache import cache
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_GET, require_safe

from creatorhub.social_share import touch_cookie
from creatorhub.social_share.addresses import url_of
from creatorhub.social_share.channels import registry
from creatorhub.social_share.classify import Klass, Verdict, classify
from creatorhub.social_share.clicks import Hit, record_hit
from creatorhub.social_share.codes import read_code, split_slug
from creatorhub.social_share.head import head_of_link
from creatorhub.social_share.kit import qr_svg
from creatorhub.social_share.landing import find_link, landing_language, landing_path
from creatorhub.social_share.models import ShareCard, ShareLink

log = logging.getLogger(__name__)

PREVIEW_LIVES_SECONDS = 300


@require_safe
def follow_link(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead a person on with a 302, show a network's previewer a preview, record the hit."""
    code, channel = split_slug(slug)
    link = find_link(code)
    if not registry.key_of(channel):
        channel = ""  # Whatever else stands there must not fill the cache of previews.
    if link is None:
        return _unknown(request)
    verdict = classify(request)
    if verdict.klass == Klass.PREVIEW and request.method == "GET":
        return _preview(request, link, channel, verdict)
    response = HttpResponseRedirect(landing_path(link, landing_language(request, link)))
    response["Cache-Control"] = "private, no-store"
    if request.method == "GET":
        _track(response, request, link, channel, verdict)
    return response


@require_GET
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """The link's QR code as SVG; it names its own channel, so scans are counted as scans."""
    link = get_object_or_404(ShareLink, code=read_code(code))
    response = HttpResponse(qr_svg(url_of(link, "qr")), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_GET
def card(request: HttpRequest, key: str) -> FileResponse:
    """A drawn card. Its address is the hash of what is on it, so it may be kept for ever."""
    row = get_object_or_404(ShareCard, key=key)
    response = FileResponse(row.file.open("rb"), content_type="image/jpeg")
    if "download" in request.GET:
        name = f"{PurePath(row.shop.handle).name}-{row.kind}.jpg"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _track(
    response: HttpResponse, request: HttpRequest, link: ShareLink, channel: str, verdict: Verdict
) -> None:
    """Record the hit and sign the click. Whatever fails here, the visitor is led on."""
    try:
        touches = touch_cookie.read_touches(request)
        _, signed = record_hit(Hit(request, link, channel, verdict, touches))
        if signed is not None and link.disabled_at is None:
            touch_cookie.write(response, touches.with_click(signed))
    except Exception:  # Tracking must never cost a shopper or a shop a visit.
        log.exception("a click on %s was not recorded", link.code)


def _preview(request: HttpRequest, link: ShareLink, channel: str, verdict: Verdict) -> HttpResponse:
    """The same page for every previewer, and one row for all who ask within its life.

    A popular Mastodon post is fetched by more than a thousand servers.
    """
    key = f"link-preview:{link.pk}:{channel}"
    page = cache.get(key)
    if page is None:
        page = render_to_string("social_share/preview.html", head_of_link(link, channel))
        cache.set(key, page, PREVIEW_LIVES_SECONDS)
        _track(HttpResponse(), request, link, channel, verdict)
    response = HttpResponse(page)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = f"public, max-age={PREVIEW_LIVES_SECONDS}"
    return response


def _unknown(request: HttpRequest) -> HttpResponse:
    response = render(request, "social_share/unknown_link.html", status=404)
    response["Cache-Control"] = "private, no-store"
    return response
