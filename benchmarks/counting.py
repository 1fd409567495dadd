"""Counting what a journey costs: SQL statements, transactions, and CPU of this process."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BOUNDS = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass
class Cost:
    """Of one walk: statements sent to PostgreSQL (savepoints too), transactions, seconds of CPU.

    A transaction's BEGIN and COMMIT are counted as one transaction and as no statement.
    """

    queries: float = 0
    transactions: float = 0
    cpu_seconds: float = 0.0

    def add(self, other: Cost) -> None:
        self.queries += other.queries
        self.transactions += other.transactions
        self.cpu_seconds += other.cpu_seconds


def a_browser(**surroundings: Any) -> Client:
    """A new visitor. Building the chain of middleware is the server's start, not a visit."""
    client = Client(**surroundings)
    client.handler.load_middleware()
    return client


@dataclass
class Meter:
    """Costs by name. Counting statements costs CPU, so a walk is either counted or timed."""

    costs: defaultdict[str, Cost] = field(default_factory=lambda: defaultdict(Cost))
    look: str = ""

    def __getitem__(self, name: str) -> Cost:
        return self.costs[name]

    @contextmanager
    def __call__(self, *names: str) -> Iterator[None]:
        """Add what happens inside to each of these costs."""
        spent = Cost()
        if self.look == "count":
            with CaptureQueriesContext(connection) as captured:
                yield
            sent = [entry["sql"] for entry in captured]
            spent.queries = sum(sql not in BOUNDS for sql in sent)
            spent.transactions = sent.count("BEGIN")
        else:
            started = time.process_time()
            yield
            spent.cpu_seconds = time.process_time() - started
        if self.look:
            for name in names:
                self.costs[name].add(spent)


@dataclass
class Side:
    """One of the two: where its pages are, one walk through them, and what the walks cost."""

    place: Callable[[], AbstractContextManager[Any]]
    walk: Callable[[Meter], None]
    meter: Meter = field(default_factory=Meter)


def in_turn(*sides: Side, rounds: int, times: int) -> None:
    """Each side so many times in a row, then the other, and again, so that both meet one machine.

    Going to the other's place empties Django's caches of templates and addresses, so the first
    walk after it only warms up; the second is counted, the rest are timed. Afterwards the costs
    are those of one walk.
    """
    for _ in range(rounds):
        for side in sides:
            with side.place():
                for look in ("", "count", *["time"] * times):
                    side.meter.look = look
                    side.walk(side.meter)
    for side in sides:
        for cost in side.meter.costs.values():
            cost.queries /= rounds
            cost.transactions /= rounds
            cost.cpu_seconds /= rounds * times
