"""Which files are changed one expression at a time, which tests must notice, and what may not be
noticed, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A module, and the tests that know it."""

    module: str
    tests: tuple[str, ...]


TARGETS = (
    Target("creatorhub.money", ("tests/test_money.py",)),
    Target("creatorhub.ledger.entry", ("tests/ledger",)),
    Target("creatorhub.ledger.services", ("tests/ledger", "tests/payouts/test_run.py")),
    Target("creatorhub.ledger.selectors", ("tests/ledger", "tests/payouts/test_parts.py")),
    Target("creatorhub.ledger.models", ("tests/ledger",)),
    Target("creatorhub.ledger.invariants", ("tests/ledger",)),
)

WANTED_PERCENT = 85
