"""Cairo for paper: one whole file a weight, both scripts in it, made once and kept."""

from __future__ import annotations

import io
import os
import tempfile
from importlib import resources
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from creatorhub.foundation.assets_build.fonts import SUBSETS, keep_characters

REGULAR = 400
BOLD = 700
_SOURCE = ("fontpkg_cairo", "files/Cairo[slnt,wght].ttf")


def paper_font(folder: Path, weight: int) -> Path:
    """The file of one weight in `folder`, made on first use in about two seconds.

    Two processes may make it at once: each writes its own file, and the last one's name stays.
    """
    path = folder / f"cairo-paper-{weight}.ttf"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(dir=folder, suffix=".making")
        with os.fdopen(handle, "wb") as file:
            file.write(_cut(weight))
        Path(made).replace(path)
    return path


def _cut(weight: int) -> bytes:
    package, name = _SOURCE
    source = resources.files(package).joinpath(name).read_bytes()
    font = instancer.instantiateVariableFont(
        TTFont(io.BytesIO(source)), {"slnt": 0, "wght": weight}
    )
    # Read again from bytes: subsetting the instance in memory raises KeyError in fontTools 4.
    font = TTFont(io.BytesIO(_bytes(font)))
    keep_characters(font, set().union(*(each.characters() for each in SUBSETS)))
    return _bytes(font)


def _bytes(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
