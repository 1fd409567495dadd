"""Counting and cutting text the way people see it: whole letters, whole emoji.

The clusters of Unicode UAX 29 that occur in what people type here: combining marks, joined and
toned emoji, flags, keycaps. Not covered: Hangul jamo and Indic conjuncts typed letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

JOINER = "\u200d"
ELLIPSIS = "…"


def graphemes(text: str) -> Iterator[str]:
    """The letters of a text as people see them."""
    cluster = ""
    for character in text:
        if cluster and not _belongs(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def count_graphemes(text: str) -> int:
    return sum(1 for _ in graphemes(text))


def shorten(text: str, longest: int) -> str:
    """At most `longest` graphemes; a cut text ends with an ellipsis."""
    letters = list(graphemes(text))
    if len(letters) <= longest:
        return text
    return "".join(letters[: longest - 1]).rstrip() + ELLIPSIS


def _belongs(cluster: str, character: str) -> bool:
    last = cluster[-1]
    if last == "\r" or _is_control(last):
        return last == "\r" and character == "\n"
    if character == JOINER or _is_mark(character):
        return not _is_control(character)
    if last == JOINER:
        return _is_pictograph(cluster[0]) and _is_pictograph(character)
    return _is_flag_letter(character) and _is_flag_letter(last) and len(cluster) == 1


def _is_control(character: str) -> bool:
    return character in "\r\n" or unicodedata.category(character) in ("Cc", "Zl", "Zp")


def _is_mark(character: str) -> bool:
    """Combining marks, variation selectors, skin tones, and the tags inside some flags."""
    is_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    return is_tone or is_tag or unicodedata.category(character) in ("Mn", "Me", "Mc")


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_pictograph(character: str) -> bool:
    if _is_flag_letter(character):
        return False
    return unicodedata.category(character) == "So" or character >= "\U0001f000"
