"""Colours that people choose, made safe to read.

Owns: validating hex colours and finding text colours with enough contrast (WCAG 2.2, 1.4.3).
Never: CSS, shops.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TEXT_CONTRAST = 4.5
# Thin saturated letters on near-black tire the eye at 4.5; WCAG's stricter level does not.
DARK_TEXT_CONTRAST = 7.0
SHAPE_CONTRAST = 1.4

WHITE = "#ffffff"
INK = "#1c1a17"
# --surface and --bg of assets/css/tokens.css, on which brand-coloured text lies; a test compares.
LIGHT_SURFACES = ("#ffffff", "#fbfaf8")
DARK_SURFACES = ("#12110f", "#1c1a17")
BRAND_WASH = 0.1  # how much brand --brand-soft mixes into the surface

DEFAULT_BRAND = "#0f5a52"
DEFAULT_ACCENT = "#b4690e"

_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII)
_STEPS = 20


class ColourError(ValueError):
    """Not a colour of the form #0f5a52."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A brand colour with every colour that depends on it; all of them validated hex."""

    brand: str
    on_brand: str
    brand_deep: str
    brand_ink: str
    brand_ink_dark: str
    edge: str
    edge_dark: str


def clean_hex(value: str) -> str:
    """The colour in lower case; ColourError for anything that is not #rrggbb."""
    colour = value.strip().lower()
    if not _HEX.fullmatch(colour):
        raise ColourError(f"{value!r} is not a colour like #0f5a52")
    return colour


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mix(colour: str, into: str, part: float) -> str:
    """`part` (0 to 1) of `colour` laid over `into`, as CSS color-mix in srgb does."""
    pairs = zip(_channels(colour), _channels(into), strict=True)
    return "#" + "".join(f"{round(a * part + b * (1 - part)):02x}" for a, b in pairs)


def text_on(background: str) -> str:
    """White where it can be read, else ink or black, whichever of the two is enough."""
    for colour in (WHITE, INK):
        if contrast(colour, background) >= TEXT_CONTRAST:
            return colour
    return "#000000"


def readable_on(
    colour: str, surfaces: tuple[str, ...], towards: str, enough: float = TEXT_CONTRAST
) -> str:
    """The colour itself, or as little of `towards` mixed in as makes it readable on `surfaces`.

    Also readable on the wash of the brand over each surface (tags, chosen options).
    """
    grounds = (*surfaces, *(mix(colour, surface, BRAND_WASH) for surface in surfaces))
    for step in range(_STEPS):
        candidate = mix(towards, colour, step / _STEPS)
        if all(contrast(candidate, ground) >= enough for ground in grounds):
            return candidate
    return towards


def theme_of(brand: str) -> Theme:
    """Everything that follows from a brand colour; ColourError when it is not #rrggbb."""
    brand = clean_hex(brand)
    on_brand = text_on(brand)
    light = readable_on(brand, LIGHT_SURFACES, INK)
    dark = readable_on(brand, DARK_SURFACES, WHITE, DARK_TEXT_CONTRAST)
    return Theme(
        brand=brand,
        on_brand=on_brand,
        # Away from the text colour, so that shades of the brand only gain contrast.
        brand_deep=mix(brand, "#000000" if on_brand == WHITE else WHITE, 0.78),
        brand_ink=light,
        brand_ink_dark=dark,
        edge=brand if contrast(brand, LIGHT_SURFACES[0]) >= SHAPE_CONTRAST else light,
        edge_dark=brand if contrast(brand, DARK_SURFACES[1]) >= SHAPE_CONTRAST else dark,
    )


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
