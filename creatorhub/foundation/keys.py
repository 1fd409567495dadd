"""Primary keys that strangers write into addresses."""

from __future__ import annotations

# A bigint has 19 digits; Python refuses to read more than 4300.
MOST_DIGITS = 18


def read_key(word: str) -> int | None:
    """The key that `word` spells; None for anything that cannot be one."""
    return int(word) if word.isdecimal() and len(word) <= MOST_DIGITS else None
