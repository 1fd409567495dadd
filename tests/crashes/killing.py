"""Moments to die in: before and after every statement, commit, COPY and call outside.

A child counts them as it works, and kills itself with -9 at the one it was told.
"""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass
class Moments:
    """What this process did so far, a word for each moment; dies at number `dies_at`."""

    dies_at: int | None = None
    seen: list[str] = field(default_factory=list)

    def tick(self, moment: str) -> None:
        self.seen.append(moment)
        if len(self.seen) == self.dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    @contextmanager
    def around(self, what: str) -> Iterator[None]:
        self.tick(f"before {what}")
        yield
        self.tick(f"after {what}")


def count_in_this_process(moments: Moments) -> None:
    """For good: only ever called in a child that ends with its work."""
    connection.execute_wrappers.append(_statements(moments))
    _commits(moments)
    _copies(moments)
    _calls(moments)


def _statements(moments: Moments) -> Callable[..., Any]:
    def wrapper(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        with moments.around(str(sql).lstrip().partition(" ")[0].upper()):
            return execute(sql, *rest)

    return wrapper


def _commits(moments: Moments) -> None:
    """Savepoints are statements, but a commit is none to Django."""
    commit = BaseDatabaseWrapper._commit

    def ticking(self: BaseDatabaseWrapper) -> Any:
        with moments.around("commit"):
            return commit(self)

    BaseDatabaseWrapper._commit = ticking


def _copies(moments: Moments) -> None:
    """Django's wrappers do not see COPY."""
    copy = psycopg.Cursor.copy

    @contextmanager
    def ticking(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        with moments.around("COPY"), copy(self, *args, **kwargs) as copying:
            yield copying

    psycopg.Cursor.copy = ticking  # type: ignore[method-assign,assignment]


def _calls(moments: Moments) -> None:
    """Three moments: nothing has left, it left and nobody knows, the answer came."""
    request, answer = http.client.HTTPConnection.putrequest, http.client.HTTPConnection.getresponse

    def asking(self: Any, *args: Any, **kwargs: Any) -> Any:
        moments.tick("before a call")
        return request(self, *args, **kwargs)

    def hearing(self: Any) -> Any:
        moments.tick("during a call")
        answered = answer(self)
        moments.tick("after a call")
        return answered

    http.client.HTTPConnection.putrequest = asking  # type: ignore[method-assign]
    http.client.HTTPConnection.getresponse = hearing  # type: ignore[method-assign]
