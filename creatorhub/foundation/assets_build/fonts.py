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


# Digits and punctuation are in both main files, so that most pages of either language need one.
_PUNCTUATION = "U+0020-0040,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+2013-2014,U+2022,U+2026,U+2212"
ARABIC = Subset(
    "arabic",
    f"{_PUNCTUATION},U+060C,U+061B,U+061F,U+0621-063A,U+0640-0652,U+0660-066C,U+0670-0671,"
    "U+067E,U+0686,U+0698,U+06A4,U+06A9,U+06AF,U+06CC,U+200C-200F",
)
LATIN = Subset("latin", f"U+0020-007E,{_PUNCTUATION},U+2018-2019,U+201C-201D,U+20AC,U+2122")
# Letters that few pages need; browsers fetch them only when such a letter is there.
ACCENTS = Subset("accents", "U+00A1-00AA,U+00AC-00B6,U+00B8-00BA,U+00BC-00D6,U+00D8-017F")
FARTHER_ARABIC = Subset(
    "farther-arabic",
    "U+0600-060B,U+0653-065F,U+0672-067D,U+067F-0685,"
    "U+0687-0697,U+0699-06A3,U+06A5-06A8,U+06AA-06AE,U+06B0-06CB,U+06CD-06FF,U+FDFC",
)
SUBSETS = (ACCENTS, FARTHER_ARABIC, LATIN, ARABIC)


def build_fonts(target: Path) -> list[Path]:
    """Write every subset into `target`. Returns the files; about four seconds."""
    target.mkdir(parents=True, exist_ok=True)
    return [_write(each, target / each.filename) for each in SUBSETS]


def fonts_for(language: str) -> tuple[Subset, ...]:
    """The page's own script last: where two files hold a character, CSS takes the last."""
    main = (LATIN, ARABIC) if language.startswith("ar") else (ARABIC, LATIN)
    return (ACCENTS, FARTHER_ARABIC, *main)


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
    keep_characters(font, wanted.characters())
    font.flavor = "woff2"
    path.write_bytes(_bytes(font))
    return path


def keep_characters(font: TTFont, characters: Iterable[int]) -> None:
    """Cut a font down to these characters and the features they need."""
    options = subset.Options()
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
