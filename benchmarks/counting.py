"""Counting what a journey costs: SQL statements, and CPU of this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

BOOKKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@dataclass
class Cost:
    """Statements sent to PostgreSQL (savepoints aside) and seconds of CPU."""

    queries: int = 0
    cpu_seconds: float = 0.0


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
