"""One line a goal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """What was measured on both sides, and the largest ratio that counts; None: no goal yet."""

    name: str
    what: str
    ours: float
    theirs: float
    at_most: float | None

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def is_reached(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most

    def __str__(self) -> str:
        said = f"{self.name} ours={self.ours:g} theirs={self.theirs:g} ratio={self.ratio:.2f}"
        if self.at_most is None:
            return f"{said} goal=none measured  ({self.what})"
        word = "reached" if self.is_reached else "short"
        return f"{said} goal<={self.at_most:.2f} {word}  ({self.what})"
