"""Which invariants the doctor knows. `config.registries` fills it, room by room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from creatorhub.foundation.invariant import Broken

__all__ = ["Broken", "Invariant", "all_invariants", "register_invariant"]

Look = Callable[[], Sequence[Broken]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that is always true. `look` returns the rows for which it is not."""

    name: str
    sentence: str
    look: Look


_invariants: dict[str, Invariant] = {}


def register_invariant(room: str, look: Look) -> None:
    """Add one; it is named after its room and function, and said in its docstring's first line."""
    name = f"{room}.{look.__name__}"
    sentence = (look.__doc__ or name).strip().splitlines()[0]
    _invariants[name] = Invariant(name, sentence, look)


def all_invariants() -> list[Invariant]:
    """Every invariant, in the order of the rooms."""
    return list(_invariants.values())
