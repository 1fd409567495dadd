"""Turning titles and queries into what PostgreSQL compares: one spelling, words and trigrams."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ی": "ي",
        "ـ": None,  # tatweel: a stretch of the pen, not a letter
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\b[وفبكل]?ال(?=\w{3,})")


def normalise(text: str) -> str:
    """One spelling for what people type differently: case, marks, hamza, teh marbuta, tatweel."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_LETTERS)


def words(text: str) -> list[str]:
    """The normalised words of a text, in order."""
    return _WORD.findall(normalise(text))


def without_article(text: str) -> str:
    """Normalised words without Arabic's leading article and the particles glued to it."""
    return _ARTICLE.sub("", normalise(text))


def trigrams(text: str) -> list[str]:
    """The distinct trigrams of each word, padded as pg_trgm does, without Arabic's article."""
    found: set[str] = set()
    for word in words(without_article(text)):
        padded = f"  {word} "
        found.update(padded[index : index + 3] for index in range(len(padded) - 2))
    return sorted(found)
