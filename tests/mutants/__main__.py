"""`make mutants`: change one expression at a time, and see that the tests notice each.

One process imports everything once; for each change it forks a child, which applies the change to
the functions in its memory and runs the tests. Arguments name modules; without any, all.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.mutants.changes import Change, apply, changes_of
from tests.mutants.table import TARGETS, WANTED_PERCENT, Target

QUIETLY = (
    *("-x", "-q", "--no-header", "--tb=no", "-n0"),
    *("-p", "no:randomly", "-p", "no:cacheprovider", "-m", "not long"),
)
AT_ONCE = 2
A_CHILD_MAY_TAKE_SECONDS = 120
NOTICED, UNNOTICED, ENDLESS = "noticed", "UNNOTICED", "noticed by never ending"


def main(names: list[str]) -> int:
    wanted = [target for target in TARGETS if not names or target.module in names]
    tests = sorted({test for target in wanted for test in target.tests})
    with _silence():
        if pytest.main([*QUIETLY, "--collect-only", *tests]):
            return 2
    for target in wanted:
        if _tests_fail(target, None):
            sys.stdout.write(f"{target.module}: its tests fail before anything is changed\n")
            return 2
    said: Counter[str] = Counter()
    for change, verdict in _judged(wanted):
        said[verdict] += 1
        if verdict != NOTICED:
            sys.stdout.write(f"{verdict} {change}\n")
            sys.stdout.flush()
    whole = said.total()
    percent = 100 * (whole - said[UNNOTICED]) // whole
    sys.stdout.write(f"{whole - said[UNNOTICED]} of {whole} changes noticed, {percent} %\n")
    return 0 if percent >= WANTED_PERCENT else 1


def _judged(targets: list[Target]) -> Iterator[tuple[Change, str]]:
    """Every change with its verdict; so many children at once."""
    running: dict[int, tuple[Change, float]] = {}
    waiting = [(target, change) for target in targets for change in changes_of(target.module)]
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            target, change = waiting.pop(0)
            running[_start(target, change)] = change, time.monotonic()
        child, status = os.waitpid(-1, os.WNOHANG)
        if child:
            yield running.pop(child)[0], UNNOTICED if status == 0 else NOTICED
            continue
        for endless, (change, began) in list(running.items()):
            if time.monotonic() - began > A_CHILD_MAY_TAKE_SECONDS:
                os.kill(endless, signal.SIGKILL)
                os.waitpid(endless, 0)
                del running[endless]
                yield change, ENDLESS
        time.sleep(0.02)


def _tests_fail(target: Target, change: Change | None) -> bool:
    _, status = os.waitpid(_start(target, change), 0)
    return bool(status)


def _start(target: Target, change: Change | None) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        with _silence():
            if change is not None:
                apply(change)
            code = int(pytest.main([*QUIETLY, *target.tests]))
    finally:
        os._exit(code)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Also for whoever writes to the descriptors."""
    kept = os.dup(1), os.dup(2)
    with open(os.devnull, "w") as nothing:
        for number in (1, 2):
            os.dup2(nothing.fileno(), number)
        try:
            yield
        finally:
            for number, descriptor in zip((1, 2), kept, strict=True):
                os.dup2(descriptor, number)
                os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
