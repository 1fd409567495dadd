"""Tags of sharing: the page head and the kit."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from creatorhub.social_share.head import JsonLd, head_of
from creatorhub.social_share.kit import share_kit
from creatorhub.social_share.services import link_to
from creatorhub.social_share.subjects import Shared

register = template.Library()


@register.inclusion_tag("social_share/head_meta.html")
def head_meta(shared: Shared) -> dict[str, Any]:
    """`{% head_meta listing %}` early in <head>: what networks read of a listing, post or shop."""
    return {"head": head_of(shared, get_language() or "en")}


@register.inclusion_tag("social_share/kit.html")
def share_buttons(shared: Shared) -> dict[str, Any]:
    """`{% share_buttons listing %}`: the shop's own link to it, for any visitor to share."""
    link = link_to(sharer=None, shared=shared)
    return {"kit": share_kit(link, shared, get_language() or "en"), "is_plain": True}


@register.filter
def json_ld(data: JsonLd) -> SafeString:
    """A JSON-LD script element."""
    return format_html('<script type="application/ld+json">{}</script>', data)
