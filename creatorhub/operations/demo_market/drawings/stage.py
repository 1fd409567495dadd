"""The scene every still life stands in: wall, table, light and shadow."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = 1400
HORIZON = 1000
Colour = tuple[int, int, int]
Point = tuple[float, float]


def tone(hex_colour: str, *, lightness: float, saturation: float = 1.0, turn: float = 0) -> Colour:
    """A relative of a colour: lightness 0–1, saturation as a factor, hue turned by 0–1."""
    red, green, blue = (int(hex_colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, _, saturated = colorsys.rgb_to_hls(red, green, blue)
    mixed = colorsys.hls_to_rgb((hue + turn) % 1, lightness, min(1, saturated * saturation))
    return tuple(int(part * 255) for part in mixed)  # type: ignore[return-value]


@dataclass
class Stage:
    """A picture being drawn: the shop's colours, and things put on the table."""

    image: Image.Image
    pen: ImageDraw.ImageDraw
    brand: str
    seed: int

    @property
    def deep(self) -> Colour:
        return tone(self.brand, lightness=0.2, saturation=0.85)

    @property
    def main(self) -> Colour:
        return tone(self.brand, lightness=0.31, saturation=0.85)

    @property
    def soft(self) -> Colour:
        return tone(self.brand, lightness=0.72, saturation=0.7)

    @property
    def pale(self) -> Colour:
        return tone(self.brand, lightness=0.9, saturation=0.6)

    @property
    def gold(self) -> Colour:
        return (233, 200, 138)

    @property
    def paper(self) -> Colour:
        return (250, 246, 238)

    def shadow(self, box: tuple[float, float, float, float], strength: int = 95) -> None:
        """A soft pool of shadow on the table under a thing."""
        small = Image.new("L", (SIZE // 8, SIZE // 8), 0)
        ImageDraw.Draw(small).ellipse([side / 8 for side in box], fill=strength)
        mask = small.filter(ImageFilter.GaussianBlur(5)).resize((SIZE, SIZE))
        self.image.paste((52, 30, 20), (0, 0), mask)

    def slab(self, corners: list[Point], fill: Colour, edge: Colour | None = None) -> None:
        """A flat shape with a darker edge to its lower end side."""
        if edge:
            self.pen.polygon([(x + 14, y + 16) for x, y in corners], fill=edge)
        self.pen.polygon(corners, fill=fill)

    def cylinder(
        self, centre: float, top: float, bottom: float, radius: float, fill: Colour
    ) -> None:
        """A round body with light from the start side."""
        oval = radius * 0.22
        dark = tuple(int(part * 0.78) for part in fill)
        light = tuple(min(255, int(part * 1.08)) for part in fill)
        left, right = centre - radius, centre + radius
        self.pen.ellipse([left, bottom - oval, right, bottom + oval], fill=fill)
        self.pen.rectangle([left, top, right, bottom], fill=fill)
        self.pen.rectangle([centre + radius * 0.5, top, right, bottom], fill=dark)
        self.pen.pieslice([left, bottom - oval, right, bottom + oval], 0, 60, fill=dark)
        self.pen.rectangle([left, top, left + radius * 0.25, bottom], fill=light)
        self.pen.ellipse([left, top - oval, right, top + oval], fill=light)

    def write(self, text: str, at: Point, size: int, fill: Colour, weight: int = 700) -> None:
        """A centred word or two, shaped right in both scripts."""
        arabic = any("\u0600" <= letter <= "\u06ff" for letter in text)
        self.pen.text(
            at,
            text,
            font=typeface(size, weight),
            fill=fill,
            anchor="mm",
            direction="rtl" if arabic else "ltr",
            language="ar" if arabic else "en",
        )


@cache
def typeface(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Cairo, which holds both scripts, at a size and weight."""
    package = find_spec("fontpkg_cairo")
    if package is None or package.origin is None:
        raise RuntimeError("the fontpkg-cairo package is not installed")
    path = Path(package.origin).parent / "files" / "Cairo[slnt,wght].ttf"
    font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)
    names = [axis["name"] for axis in font.get_variation_axes()]
    font.set_variation_by_axes([weight if b"eight" in name else 0 for name in names])
    return font


def set_stage(brand: str, seed: int) -> Stage:
    """An empty scene in the shop's colours; the seed varies wall and table a little."""
    turn = (seed % 7 - 3) * 0.012
    wall_top = tone(brand, lightness=0.93, saturation=0.45, turn=turn)
    wall_low = tone("#d99a6c", lightness=0.8, saturation=0.8, turn=turn)
    ramp = Image.linear_gradient("L").resize((SIZE, HORIZON))
    image = Image.new("RGB", (SIZE, SIZE), wall_top)
    image.paste(Image.new("RGB", (SIZE, HORIZON), wall_low), (0, 0), ramp)
    table_far = tone("#b97a56", lightness=0.62, saturation=0.8, turn=turn)
    table_near = tone("#b97a56", lightness=0.5, saturation=0.8, turn=turn)
    depth = Image.linear_gradient("L").resize((SIZE, SIZE - HORIZON))
    image.paste(table_far, (0, HORIZON, SIZE, SIZE))
    image.paste(Image.new("RGB", (SIZE, SIZE - HORIZON), table_near), (0, HORIZON), depth)
    glow = Image.radial_gradient("L").resize((SIZE, SIZE)).point(lambda value: 255 - value)
    warm = Image.new("RGB", (SIZE, SIZE), (255, 250, 240))
    image = Image.composite(warm, image, glow.point(lambda value: value // 4))
    return Stage(image, ImageDraw.Draw(image), brand, seed)
