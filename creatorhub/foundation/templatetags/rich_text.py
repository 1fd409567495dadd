"""`{{ listing.description|rich }}`: people's HTML, cleaned once more on its way out."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from creatorhub.foundation.rich_text import clean_html, plain_text

register = template.Library()


@register.filter
def rich(html: str | None) -> SafeString:
    """HTML that may be shown: Wagtail's page links resolved, then the allow-list."""
    return SafeString(clean_html(expand_db_html(html or "")))


@register.filter
def words(html: str | None) -> str:
    """The words of people's HTML without any tag, escaped like any other text."""
    return plain_text(html or "")
