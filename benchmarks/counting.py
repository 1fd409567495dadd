"""Counting what a journey costs: SQL statements, and CPU of this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@dataclass
class Cost:
    """Statements sent to PostgreSQL (savepoints aside) and seconds of CPU."""

    queries: float = 0
    cpu_seconds: float = 0.0


def a_browser(**surroundings: Any) -> Client:
    """A new visitor. Building the chain of middleware is the server's start, not a visit."""
    client = Client(**surroundings)
    client.handler.load_middleware()
    return client


@contextmanager
def costing(cost: Cost) -> Iterator[None]:
    """Add what happens inside to `cost`."""

    def count(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        cost.queries += not str(sql).startswith(BOOKKEEPING)
        return execute(sql, *rest)

    started = time.process_time()
    with connection.execute_wrapper(count):
        yield
    cost.cpu_seconds += time.process_time() - started


@dataclass
class Side:
    """One of the two: where its pages are, one walk through them, and what the walks cost."""

    place: Callable[[], AbstractContextManager[Any]]
    walk: Callable[[Cost, Cost], None]
    whole: Cost = field(default_factory=Cost)
    part: Cost = field(default_factory=Cost)


def in_turn(*sides: Side, rounds: int, times: int) -> None:
    """Each side so many times in a row, then the other, and again, so that both meet one machine.

    Going to the other's place empties Django's caches of templates and addresses, so the first
    walk after it only warms up. Afterwards the costs are those of one walk.
    """
    for _ in range(rounds):
        for side in sides:
            with side.place():
                side.walk(Cost(), Cost())
                for _ in range(times):
                    side.walk(side.whole, side.part)
    for side in sides:
        for cost in (side.whole, side.part):
            cost.queries /= rounds * times
            cost.cpu_seconds /= rounds * times
