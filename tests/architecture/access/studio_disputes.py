"""Disputes, holds and appeals: staff decide, the affected person sees their own."""

from __future__ import annotations

from tests.architecture.access import Row, Who

ABSENT = frozenset({404})

ROWS = {
    # Whoever holds the link of a mail may say that it was not them; nobody else has one.
    "studio:not_me": Row(
        args=("=not-a-token",), get=Who.EVERYONE, post=Who.EVERYONE, answers=ABSENT
    ),
}
