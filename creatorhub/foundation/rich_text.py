"""People's HTML: a short allow-list, applied when it is saved and again when it is shown.

Owns: which tags and attributes people may use, and turning plain text into paragraphs and back.
"""

from __future__ import annotations

import re
from html import unescape

import nh3
from django.utils.html import escape

ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "s", "blockquote"),
    *("ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td", "sub", "sup"),
}
# `linktype` and `id` are how Wagtail stores a link to a page; they mean nothing to a browser.
ALLOWED_ATTRIBUTES = {
    "a": {"href", "title", "linktype", "id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}

_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|ul|ol|tr|blockquote|div)>|<br\s*/?>|<hr\s*/?>", re.I)
_TAG = re.compile(r"<[^<>]*>")  # Not [^>]: a row of "<" would be read anew from each of them.
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def clean_html(html: str) -> str:
    """The same text with only the allowed tags; scripts, styles and handlers are gone."""
    return nh3.clean(
        html.replace("\x00", ""),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener nofollow ugc",
        strip_comments=True,
    ).strip()


def plain_text(html: str) -> str:
    """The words alone, blocks on lines of their own."""
    lines = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def html_from_text(text: str) -> str:
    """What a person types into a plain box: paragraphs, `## ` headings, `- ` lists, `**bold**`."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return clean_html("".join(_block(block.strip()) for block in blocks if block.strip()))


def text_from_html(html: str) -> str:
    """The plain-box form of simple HTML; what a plain box cannot say becomes plain words."""
    text = re.sub(r"\s*\n\s*", " ", html)
    text = re.sub(r"<(?:strong|b)>(.*?)</(?:strong|b)>", r"**\1**", text, flags=re.I)
    text = re.sub(r"<li[^>]*>", "- ", text, flags=re.I)
    text = re.sub(r"</li>|<br\s*/?>", "\n", text, flags=re.I)
    text = re.sub(r"<h[1-6][^>]*>", "\n\n## ", text, flags=re.I)
    text = re.sub(r"</?(?:p|ul|ol|div|blockquote|h[1-6]|table|tr)[^>]*>", "\n\n", text, flags=re.I)
    lines = [line.strip() for line in unescape(_TAG.sub("", text)).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _block(block: str) -> str:
    lines = block.split("\n")
    if block.startswith("## ") and len(lines) == 1:
        return f"<h3>{_inline(block[3:])}</h3>"
    if all(line.lstrip().startswith(("- ", "• ")) for line in lines):
        items = "".join(f"<li>{_inline(line.lstrip()[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _inline(line: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(line.strip()))
