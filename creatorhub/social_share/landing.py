"""Where a short link leads, and in which language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_supported_language_variant, override
from django.utils.translation.trans_real import parse_accept_lang_header

from creatorhub.social_share.models import ShareLink
from creatorhub.social_share.subjects import Shared, subject_of


def find_link(code: str) -> ShareLink | None:
    """The link with this code, with everything that following it needs."""
    return (
        ShareLink.objects.filter(code=code)
        .select_related("shop__owner", "sharer", "listing__shop", "post")
        .first()
    )


def shared_of(link: ShareLink) -> Shared | None:
    """Its target while that can be seen, else the shop, else nothing."""
    if not link.shop.is_visible:
        return None
    if link.listing is not None and link.listing.is_published:
        return link.listing
    if link.post is not None and link.post.live:
        return link.post
    return link.shop


def landing_path(link: ShareLink, language: str) -> str:
    """The path of the page the link leads to; the market when the shop is gone."""
    shared = shared_of(link)
    if shared is None:
        with override(language):
            return reverse("storefront:market")
    return subject_of(shared).path(language)


def landing_language(request: HttpRequest, link: ShareLink) -> str:
    """The language cookie, else Accept-Language, else the shop's language."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    wishes = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for wish in (chosen, *(code for code, _ in wishes if code != "*"), link.shop.language):
        try:
            return get_supported_language_variant(wish)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
