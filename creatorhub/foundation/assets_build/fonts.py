"""Cairo, cut from the wheel that carries it into one small file for each script."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FAMILY = "Cairo"
WEIGHTS = (400, 800)
_SOURCE = ("fontpkg_cairo", "files/Cairo[slnt,wght].ttf")


@dataclass(frozen=True, slots=True)
class Subset:
    """One file: the characters of a script. `ranges` is CSS unicode-range syntax."""

    script: str
    ranges: str

    @property
    def filename(self) -> str:
        return f"cairo-{self.script}.woff2"

    def characters(self) -> set[int]:
        found: set[int] = set()
        for part in self.ranges.split(","):
            first, _, last = part.removeprefix("U+").partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
        return found


# Digits and punctuation are in both files, so that most pages of either language need one.
_SHARED = "U+0020-0040,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+2013-2014,U+2022,U+2026,U+2212"
ARABIC = Subset("arabic", f"{_SHARED},U+0600-06FF,U+200C-200F,U+2010-2011,U+25CC,U+FDFC")
LATIN = Subset(
    "latin",
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,"
    "U+2018-201A,U+201C-201E,U+2022,U+2026,U+2039-203A,U+20AC,U+2122,U+2212",
)
SUBSETS = (LATIN, ARABIC)


def build_fonts(target: Path) -> list[Path]:
    """Write every subset into `target`. Returns the files; about four seconds."""
    target.mkdir(parents=True, exist_ok=True)
    return [_write(each, target / each.filename) for each in SUBSETS]


def fonts_for(language: str) -> tuple[Subset, Subset]:
    """The page's own script last: where both files hold a character, CSS takes the last."""
    return (LATIN, ARABIC) if language.startswith("ar") else (ARABIC, LATIN)


@cache
def _upright() -> bytes:
    """The variable font without slant and with the weights we use."""
    package, name = _SOURCE
    font = TTFont(io.BytesIO(resources.files(package).joinpath(name).read_bytes()))
    font = instancer.instantiateVariableFont(font, {"slnt": 0, "wght": WEIGHTS})
    return _bytes(font)


def _write(wanted: Subset, path: Path) -> Path:
    # Read again from bytes: subsetting the instance in memory raises KeyError in fontTools 4.
    font = TTFont(io.BytesIO(_upright()))
    _keep(font, wanted.characters())
    font.flavor = "woff2"
    path.write_bytes(_bytes(font))
    return path


def _keep(font: TTFont, characters: Iterable[int]) -> None:
    options = subset.Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.name_IDs = [1, 2, 4, 6, 13, 14]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _bytes(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
