"""Filters and tags of the look. A builtin of every template: no {% load %} is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from creatorhub.foundation import amounts, drawing
from creatorhub.foundation.assets_build.fonts import FAMILY, WEIGHTS, fonts_for
from creatorhub.foundation.assets_build.stylesheets import bundle
from creatorhub.foundation.colour import ColourError, theme_of
from creatorhub.foundation.icons import icon_body, is_directed
from creatorhub.money import Money

register = template.Library()

_FONT_FACE = (
    "@font-face{{font-family:{family};font-style:normal;font-weight:{light} {heavy};"
    'font-display:swap;src:url("{url}") format("woff2");unicode-range:{ranges}}}'
)
# Arial stretched to Cairo's measures (average advance 0.423 em against 0.445, hhea 1303/-571),
# so that nothing moves when the font arrives.
_FALLBACK_FACE = (
    "@font-face{font-family:Fallback;"
    'src:local("Arial"),local("Liberation Sans"),local("Roboto");'
    "size-adjust:95%;ascent-override:137%;descent-override:60%;line-gap-override:0%}"
)


@register.simple_tag
def inline_css(name: str) -> str:
    """The bundle "public" or "studio" with its fonts, to stand inside a <style> of the head."""
    faces = "".join(
        _FONT_FACE.format(
            family=FAMILY,
            light=WEIGHTS[0],
            heavy=WEIGHTS[1],
            url=static(f"fonts/{each.filename}"),
            ranges=each.ranges,
        )
        for each in fonts_for(get_language() or "")
    )
    # Our own files, and no input of anybody: <style> is raw text, where escaping breaks `>`.
    return SafeString(faces + _FALLBACK_FACE + bundle(name))


@register.simple_tag
def font_preload() -> str:
    """The link that fetches the font of the page's own script early."""
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>',
        static(f"fonts/{fonts_for(get_language() or '')[-1].filename}"),
    )


@register.simple_tag
def shop_theme(shop: Any) -> str:
    """Custom properties of a shop's brand (an object with `brand_colour`, or a hex); else nothing.

    Only colours computed from a validated hex are printed.
    """
    try:
        theme = theme_of(str(getattr(shop, "brand_colour", shop)))
    except ColourError:
        return ""
    light = f"--brand-ink:{theme.brand_ink};--brand-edge:{theme.edge}"
    dark = f"--brand-ink:{theme.brand_ink_dark};--brand-edge:{theme.edge_dark}"
    return SafeString(
        f":root{{--brand:{theme.brand};--on-brand:{theme.on_brand};"
        f"--brand-deep:{theme.brand_deep};{light}}}"
        f":root[data-scheme=dark]{{{dark}}}"
        f"@media(prefers-color-scheme:dark){{:root:not([data-scheme=light]){{{dark}}}}}"
    )


@register.simple_tag
def icon_svg(name: str, size: int | str = 20, mirror: bool | str = "") -> str:
    """A lucide icon for the eyes only. Arrows mirror by themselves; `mirror="no"` forbids it."""
    mirrored = is_directed(name) if mirror == "" else mirror in (True, "yes")
    return format_html(
        '<svg class="icon{}" width="{}" height="{}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        " is-directed" if mirrored else "",
        size,
        size,
        SafeString(icon_body(name)),
    )


@register.simple_tag
def icon_paths(name: str) -> str:
    """Only the strokes of an icon, to stand inside an <svg> of one's own."""
    return SafeString(icon_body(name))


@register.simple_tag
def refresh_every(seconds: int) -> str:
    """For block head_meta of a page about work that goes on: it looks again by itself."""
    return format_html('<meta http-equiv="refresh" content="{}">', seconds)


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int, name: str = "page") -> str:
    """This address with another page number; the rest of the query stays."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query[name] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def translated_url(context: Context, language: str) -> str:
    """This page's address in another language; every page people read starts with its own."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if first in dict(settings.LANGUAGES) else f"/{language}/"


@register.simple_tag(takes_context=True)
def current_if(context: Context, href: str, exact: bool | str = False) -> str:
    """`aria-current="page"` when the page is at `href` or below it."""
    request = context.get("request")
    path = request.path if request else ""
    here = path == href or (not exact and bool(href) and path.startswith(href))
    return SafeString(' aria-current="page"') if here else ""


@register.simple_tag
def line_chart(
    points: Sequence[drawing.Point],
    previous: Sequence[drawing.Number] | None = None,
    width: int = 640,
    height: int = 230,
    times: int = 4,
) -> drawing.LineChart | None:
    """Geometry of a line chart for templates/cotton/chart.html."""
    return drawing.line_chart(
        points or (),
        previous or (),
        width=width,
        height=height,
        right_to_left=get_language_bidi(),
        times=times,
    )


@register.filter
def spark(values: Sequence[drawing.Number] | None) -> str:
    """Points of a small line without axes."""
    return drawing.spark_points(values or ())


@register.filter
def money(amount: Money | None, exact: str = "") -> str:
    """`SAR 79`, `4,128.50 ر.س`; `|money:"exact"` keeps `.00` for columns that must align."""
    if not isinstance(amount, Money):
        return ""
    return amounts.format_money(amount, exact=exact == "exact")


@register.filter
def currency(code: str) -> str:
    """How a currency is written beside amounts: `SAR`, `ر.س`."""
    return amounts.currency_name(code)


@register.filter
def number(value: Decimal | int | float | None) -> str:
    """12,480 in every language."""
    return "" if value is None else amounts.format_number(value)


@register.filter
def rate(rate_bps: int | None) -> str:
    """Basis points as a percentage: `2000|rate` is `20%`."""
    return "" if rate_bps is None else amounts.format_rate(rate_bps)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """`Thursday 3 December`."""
    return amounts.format_day(value) if value else ""


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> str:
    """`3 Dec`."""
    return amounts.format_short_day(value) if value else ""


@register.filter
def plain(value: object) -> str:
    """A number as machines write it: SVG and <progress> know no decimal comma."""
    return "" if value is None else str(value)


@register.filter
def initial(name: object) -> str:
    """The letter that stands for a name until there is a picture."""
    return str(name).strip().removeprefix("ال")[:1].upper()


@register.filter
def text_on(colour: object) -> str:
    """The colour that can be read on this one; nothing where it is no colour."""
    try:
        return theme_of(str(colour)).on_brand
    except ColourError:
        return ""


@register.filter
def srcset(sources: Iterable[Any] | None) -> str:
    """`/a.webp 480w, /b.webp 800w` from (url, width) pairs, mappings or objects."""
    pairs = (_url_and_width(source) for source in sources or ())
    return format_html_join(", ", "{} {}w", pairs)


@register.filter
def first_url(sources: Iterable[Any] | None) -> str:
    """The smallest source: what a browser without srcset loads."""
    pairs = sorted((_url_and_width(source) for source in sources or ()), key=lambda pair: pair[1])
    return pairs[0][0] if pairs else ""


@register.filter
def star_steps(value: Decimal | float | int | None) -> list[str]:
    """Five words, "full" "half" or "empty", for a rating from 0 to 5."""
    halves = round(float(value or 0) * 2)
    return [
        "full" if halves >= n * 2 else "half" if halves == n * 2 - 1 else "empty"
        for n in range(1, 6)
    ]


@register.filter
def page_numbers(page: Page[Any]) -> list[int | str]:
    """1 … 4 5 6 … 20 around the page shown."""
    return [
        str(n) if isinstance(n, str) else n
        for n in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


@register.filter
def attribute(value: object, name: str) -> str:
    """` name="value"` when there is a value, else nothing: optional attributes in components."""
    if value is True:
        return format_html(" {}", name)
    if value in (None, "", False):
        return ""
    return format_html(' {}="{}"', name, value)


def _url_and_width(source: Any) -> tuple[str, int]:
    if isinstance(source, Mapping):
        return str(source["url"]), int(source["width"])
    if isinstance(source, tuple | list):
        return str(source[0]), int(source[1])
    return str(source.url), int(source.width)
