"""One line a goal."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.counting import Cost


@dataclass(frozen=True)
class Goal:
    """What was measured on both sides, and the largest ratio that counts; None: no goal yet."""

    name: str
    what: str
    ours: float
    theirs: float
    at_most: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs

    @property
    def is_reached(self) -> bool:
        return self.at_most is None or self.ratio <= self.at_most

    def __str__(self) -> str:
        said = f"{self.name} ours={self.ours:g} theirs={self.theirs:g} ratio={self.ratio:.3f}"
        if self.at_most is None:
            return f"{said} goal=none measured  ({self.what})"
        word = "reached" if self.is_reached else "short"
        return f"{said} goal<={self.at_most:.3f} {word}  ({self.what})"


def of_cost(
    name: str,
    what: str,
    ours: Cost,
    theirs: Cost,
    *,
    queries: float | None = None,
    cpu: float | None = None,
) -> list[Goal]:
    """A line of statements and a line of CPU, each for one time."""
    return [
        Goal(
            f"{name}.statements",
            f"{what}: SQL statements",
            round(ours.queries, 1),
            round(theirs.queries, 1),
            queries,
        ),
        Goal(
            f"{name}.cpu",
            f"{what}: ms of CPU in Python",
            round(ours.cpu_seconds * 1000, 1),
            round(theirs.cpu_seconds * 1000, 1),
            cpu,
        ),
    ]


def at_most(name: str, what: str, counted: float, limit: float) -> Goal:
    """A count of ours that has a limit of its own, and nobody beside it."""
    return Goal(name, f"{what}: at most {limit:g}", round(counted, 1), limit, 1)
