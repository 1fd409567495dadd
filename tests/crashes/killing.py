"""A forked child that is killed with -9 before or after its n-th statement or commit."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

SURVIVED = 0


def ticks_of(work: Callable[[], object]) -> int:
    """How many moments there are to die in: two for each statement and each commit."""
    reading, writing = os.pipe()
    child = _fork(work, lambda ticks: os.write(writing, str(ticks).encode()))
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    assert status == SURVIVED, "the work fails even when nobody kills it"
    return int(told)


def run_and_kill(work: Callable[[], object], *, tick: int) -> bool:
    """Let a child do the work and die at this moment. False where it was through before.

    (What a process remembers after its first time saves the next one a statement or two.)
    """
    child = _fork(work, lambda ticks: None, dies_at=tick)
    _, status = os.waitpid(child, 0)
    assert status in (SURVIVED, signal.SIGKILL), f"the child ended with {status} by itself"
    return status == signal.SIGKILL


def _fork(
    work: Callable[[], object], tell: Callable[[int], object], *, dies_at: int | None = None
) -> int:
    connections.close_all()  # The child must not speak on its parent's connection.
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        tick = _ticker(dies_at)
        with connection.execute_wrapper(_around_statements(tick)):
            _around_commits(tick)
            work()
        tell(tick(count=False))
        code = SURVIVED
    finally:
        os._exit(code)


def _ticker(dies_at: int | None) -> Callable[..., int]:
    ticks = 0

    def tick(*, count: bool = True) -> int:
        nonlocal ticks
        ticks += count
        if count and ticks == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return ticks

    return tick


def _around_statements(tick: Callable[..., int]) -> Callable[..., Any]:
    def wrapper(execute: Callable[..., Any], *statement: Any) -> Any:
        tick()
        answer = execute(*statement)
        tick()
        return answer

    return wrapper


def _around_commits(tick: Callable[..., int]) -> None:
    """In the child only: savepoints are statements, but a commit is none to Django."""
    commit = BaseDatabaseWrapper._commit

    def ticking(self: BaseDatabaseWrapper) -> Any:
        tick()
        answer = commit(self)
        tick()
        return answer

    BaseDatabaseWrapper._commit = ticking
