"""Style bundles: the files of assets/css, each in its cascade layer, made small.

The folder decides: `components/` is in both bundles, `storefront/` only in "public",
`studio/` only in "studio". A new file needs no registration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

LAYERS = ("tokens", "base", "layout", "components", "pages")
# (layer, file or folder) in the order they are read.
_SHARED = (
    ("tokens", "tokens.css"),
    ("base", "base.css"),
    ("layout", "layout.css"),
    ("components", "components"),
)
BUNDLES = {
    "public": (*_SHARED, ("pages", "storefront")),
    "studio": (*_SHARED, ("pages", "studio")),
}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_AROUND = re.compile(r"\s*([{};,>])\s*")
_AFTER_COLON = re.compile(r"([\w-]):\s+")


@cache
def bundle(name: str) -> str:
    """The whole bundle as one line of CSS. KeyError for a name that is no bundle."""
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer, place in BUNDLES[name]:
        rules = "".join(minify(path.read_text(encoding="utf-8")) for path in _files(place))
        if rules:
            parts.append(f"@layer {layer}{{{rules}}}")
    return "".join(parts)


def minify(css: str) -> str:
    """Comments and spaces that mean nothing removed; spaces inside selectors and calc() stay."""
    css = _SPACE.sub(" ", _COMMENT.sub("", css))
    css = _AFTER_COLON.sub(r"\1:", _AROUND.sub(r"\1", css))
    return css.replace(";}", "}").strip()


def _files(place: str) -> Iterator[Path]:
    path = Path(settings.PROJECT_ROOT) / "assets" / "css" / place
    if path.is_dir():
        yield from sorted(path.glob("*.css"))
    else:
        yield path
