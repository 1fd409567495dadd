"""A picture for a listing that has none: the shop's colour, a quiet shape, the title.

Nothing on it pretends to be a photograph, and nothing on it is in a language of its own.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from creatorhub.foundation.colour import contrast, mix

FONT = resources.files("fontpkg_cairo").joinpath("files", "Cairo[slnt,wght].ttf")
SIDE = 1200
MARGIN = 130
CREAM, INK = "#fbf7f1", "#1c1a17"
SIZES = (124, 108, 94, 82, 70, 60)
MOST_LINES = 4


def draw_picture(*, title: str, subtitle: str, colour: str, language: str) -> Image.Image:
    """A square picture. The same words and colour give the same picture."""
    canvas = _background(colour, seed=f"{title}{subtitle}")
    pen = ImageDraw.Draw(canvas)
    direction = "rtl" if language == "ar" else "ltr"
    font, lines = _fit(pen, title, direction)
    ink = mix(colour, INK, 0.55) if contrast(colour, CREAM) < 4.5 else colour
    step = font.size * 1.35
    top = (SIDE - step * len(lines)) / 2 + step / 2 - (40 if subtitle else 0)
    for number, line in enumerate(lines):
        pen.text((SIDE / 2, top + number * step), line, ink, font, anchor="mm", direction=direction)
    if subtitle:
        small = _font(46, 500)
        place = (SIDE / 2, top + len(lines) * step + 24)
        pen.text(place, subtitle[:40], mix(ink, CREAM, 0.8), small, "mm", direction=direction)
    return canvas


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.RAQM)
    font.set_variation_by_axes([weight, 0])
    return font


def _background(colour: str, *, seed: str) -> Image.Image:
    """A wash from cream to a tint of the colour, with one of four shapes in it."""
    ramp = Image.linear_gradient("L").resize((SIDE, SIDE))
    light = Image.new("RGB", (SIDE, SIDE), mix(colour, CREAM, 0.05))
    deep = Image.new("RGB", (SIDE, SIDE), mix(colour, CREAM, 0.26))
    canvas = Image.composite(deep, light, ramp)
    # Shapes are drawn at twice the size and shrunk: Pillow's own edges are jagged.
    mask = Image.new("L", (SIDE * 2, SIDE * 2), 0)
    number = hashlib.sha256(seed.encode()).digest()[0] % 4
    _SHAPES[number](ImageDraw.Draw(mask))
    tint = Image.new("RGB", (SIDE, SIDE), mix(colour, CREAM, 0.36))
    canvas.paste(tint, (0, 0), mask.resize((SIDE, SIDE), Image.Resampling.LANCZOS))
    return canvas


def _arch(pen: ImageDraw.ImageDraw) -> None:
    pen.pieslice((500, 300, 1900, 1700), 180, 360, fill=110)
    pen.rectangle((500, 1000, 1900, 2400), fill=110)


def _rings(pen: ImageDraw.ImageDraw) -> None:
    for radius in (1150, 950, 750):
        box = (1200 - radius, 1200 - radius, 1200 + radius, 1200 + radius)
        pen.ellipse(box, outline=130, width=14)


def _suns(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((1500, -300, 2700, 900), fill=120)
    pen.ellipse((-300, 1650, 700, 2650), fill=90)


def _hills(pen: ImageDraw.ImageDraw) -> None:
    pen.ellipse((-900, 1600, 1700, 3800), fill=90)
    pen.ellipse((700, 1750, 3300, 3900), fill=140)


_SHAPES = (_arch, _rings, _suns, _hills)


def _fit(
    pen: ImageDraw.ImageDraw, title: str, direction: str
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title takes few enough lines."""
    for size in SIZES:
        font = _font(size, 700)
        lines = _wrap(pen, title, font, direction)
        if len(lines) <= (2 if size > SIZES[2] else MOST_LINES):
            break
    return font, lines[:MOST_LINES]


def _wrap(
    pen: ImageDraw.ImageDraw, title: str, font: ImageFont.FreeTypeFont, direction: str
) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font, direction=direction) <= SIDE - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]
