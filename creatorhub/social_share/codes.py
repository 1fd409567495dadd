"""Codes of short links: Crockford's base 32, read as people copy them."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
# Crockford: "I, i, L and l are read as 1; O and o as 0". U is left out of the alphabet.
LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A random code: 50 bits, so that nobody guesses one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """A code as somebody typed or pasted it, in its one true form."""
    return text.upper().translate(LOOK_ALIKES)


def split_slug(slug: str) -> tuple[str, str]:
    """`7K3M9QWXAB-wa` is the link 7K3M9QWXAB in channel wa; the channel may be missing."""
    code, _, channel = slug.partition("-")
    return read_code(code), channel.lower()
