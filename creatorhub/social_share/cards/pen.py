"""Writing on pictures in both scripts: fonts, wrapping, fitting.

Arabic is shaped and ordered by raqm, which Pillow's wheel carries. Positions are the start edge
of a line: the right one in Arabic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from fontTools.ttLib import TTFont
from PIL import ImageDraw, ImageFont

from creatorhub.social_share.graphemes import ELLIPSIS, graphemes

FONT = resources.files("fontpkg_cairo").joinpath("files", "Cairo[slnt,wght].ttf")
BOLD, HEAVY, REGULAR = 700, 800, 400


@dataclass(frozen=True, slots=True)
class Block:
    """Text that has been fitted: its lines and the size they are set in."""

    lines: list[str]
    size: int


@lru_cache(maxsize=64)
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    made = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.RAQM)
    made.set_variation_by_axes([weight, 0])
    return made


@cache
def _known_letters() -> frozenset[int]:
    with TTFont(str(FONT)) as source:
        return frozenset(source.getBestCmap())


def writable(text: str) -> str:
    """The text without letters the font lacks (emoji), which would be drawn as boxes."""
    kept = "".join(letter if ord(letter) in _known_letters() else " " for letter in text)
    return " ".join(kept.split())


@dataclass(slots=True)
class Pen:
    """Writes on one picture in one direction."""

    draw: ImageDraw.ImageDraw
    is_rtl: bool

    @property
    def direction(self) -> str:
        return "rtl" if self.is_rtl else "ltr"

    @property
    def language(self) -> str:
        return "ar" if self.is_rtl else "en"

    def width(self, text: str, size: int, weight: int) -> float:
        return self.draw.textlength(
            text, font=font(size, weight), direction=self.direction, language=self.language
        )

    def write(self, x: float, y: float, text: str, size: int, weight: int, colour: str) -> None:
        """One line, starting at x (its right edge in Arabic), standing on y."""
        self.draw.text(
            (x, y),
            text,
            font=font(size, weight),
            fill=colour,
            anchor="rs" if self.is_rtl else "ls",
            direction=self.direction,
            language=self.language,
        )

    def write_in_middle(self, x: float, y: float, text: str, size: int, colour: str) -> None:
        self.draw.text(
            (x, y),
            text,
            font=font(size, HEAVY),
            fill=colour,
            anchor="mm",
            direction=self.direction,
            language=self.language,
        )

    def write_latin(self, x: float, y: float, text: str, size: int, colour: str) -> None:
        """An address: left to right in both languages, at the same start edge."""
        anchor = "rs" if self.is_rtl else "ls"
        self.draw.text((x, y), text, font=font(size, REGULAR), fill=colour, anchor=anchor)

    def strike(self, x: float, y: float, width: float, size: int, colour: str) -> None:
        end = x - width if self.is_rtl else x + width
        self.draw.line([x, y - size * 0.32, end, y - size * 0.32], fill=colour, width=3)

    def fit(self, text: str, *, room: int, largest: int, smallest: int, lines: int) -> Block:
        """The largest size at which the text fits; at the smallest it is cut with an ellipsis."""
        text = writable(text)
        for size in range(largest, smallest - 1, -4):
            wrapped = self._wrap(text, size, room)
            if len(wrapped) <= lines:
                return Block(self._balance(text, size, room, wrapped), size)
        kept = self._wrap(text, smallest, room)[:lines]
        kept[-1] = self._cut(kept[-1], smallest, room)
        return Block(kept, smallest)

    def _fits(self, size: int, room: float) -> Callable[[str], bool]:
        return lambda text: self.width(text, size, HEAVY) <= room

    def _wrap(self, text: str, size: int, room: float) -> list[str]:
        fits = self._fits(size, room)
        lines: list[str] = []
        for word in text.split():
            if lines and fits(f"{lines[-1]} {word}"):
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.extend(self._break(word, size, room))
        return lines or [""]

    def _break(self, word: str, size: int, room: float) -> list[str]:
        """A word that is longer than a line goes on in the next one, between letters."""
        fits = self._fits(size, room)
        pieces = [""]
        for letter in graphemes(word):
            if pieces[-1] and not fits(pieces[-1] + letter):
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def _cut(self, line: str, size: int, room: float) -> str:
        letters = list(graphemes(line))
        fits = self._fits(size, room)
        while letters and not fits("".join(letters).rstrip() + ELLIPSIS):
            letters.pop()
        return "".join(letters).rstrip() + ELLIPSIS

    def _balance(self, text: str, size: int, room: int, wrapped: list[str]) -> list[str]:
        """The narrowest setting with as many lines, so that no word is left alone."""
        best = wrapped
        for narrower in range(room - 12, room * 2 // 5, -12):
            tried = self._wrap(text, size, narrower)
            if len(tried) > len(wrapped):
                break
            best = tried
        return best
