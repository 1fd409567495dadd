"""Icons from the lucide wheel, as SVG to put inside a page."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from zipfile import ZipFile

_BODY = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
# They point the way one reads, so Arabic sees their mirror image without asking.
_DIRECTED = re.compile(r"^(arrow|chevron|move)-(left|right)$|^(undo|redo|log|send|reply|external)")


class IconError(LookupError):
    """lucide has no icon of that name."""


@cache
def icon_body(name: str) -> str:
    """What stands between <svg> and </svg>; IconError for an unknown name."""
    try:
        with (
            resources.files("lucide").joinpath("lucide.zip").open("rb") as wheel,
            ZipFile(wheel) as icons,
        ):
            source = icons.read(f"{name}.svg").decode()
    except KeyError:
        raise IconError(f"lucide has no icon {name!r}") from None
    body = _BODY.search(source)
    if body is None:
        raise IconError(f"lucide's icon {name!r} is not an SVG")
    return re.sub(r"\s*\n\s*", "", body.group(1))


def is_directed(name: str) -> bool:
    """True for icons that must be mirrored where people read from right to left."""
    return _DIRECTED.match(name) is not None
