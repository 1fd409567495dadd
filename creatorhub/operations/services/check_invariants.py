"""Looking whether everything that must be true is true."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from creatorhub.operations.invariants import Broken, Invariant, all_invariants


@dataclass(frozen=True, slots=True)
class Finding:
    """One invariant and the rows that break it, if any."""

    invariant: Invariant
    broken: tuple[Broken, ...]

    @property
    def is_ok(self) -> bool:
        return not self.broken


class BrokenInvariantError(AssertionError):
    """Something that must be true is not. Its text names every row."""


def look_at_invariants() -> list[Finding]:
    """Every invariant with its broken rows, all seen at the same moment."""
    with transaction.atomic():
        _see_one_moment()
        return [Finding(one, tuple(one.look())) for one in all_invariants()]


def check_invariants() -> None:
    """BrokenInvariantError, naming the rows, unless everything holds."""
    broken = [finding for finding in look_at_invariants() if not finding.is_ok]
    if broken:
        raise BrokenInvariantError("\n".join(lines_of(broken)))


def lines_of(findings: list[Finding]) -> list[str]:
    """What the doctor says of them, a line each."""
    lines = []
    for finding in findings:
        mark = "ok    " if finding.is_ok else "BROKEN"
        lines.append(f"{mark} {finding.invariant.name}: {finding.invariant.sentence}")
        lines += [f"         {row.row}: {row.sentence}" for row in finding.broken]
    return lines


def _see_one_moment() -> None:
    """One snapshot for all queries, so that a sale between two of them breaks nothing.

    Only where this transaction is the outermost: inside another one it is too late to choose.
    """
    if len(connection.atomic_blocks) == 1:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
