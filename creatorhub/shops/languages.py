"""Which language people's words are in: content is shown in its own direction."""

from __future__ import annotations

import re

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Za-z]")


def language_of(text: str, otherwise: str) -> str:
    """The language most letters are in; `otherwise` when there are none of either script."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic == latin == 0:
        return otherwise
    return "ar" if arabic >= latin else "en"
