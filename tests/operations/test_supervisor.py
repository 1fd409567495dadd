"""`make run` keeps its processes alive, in one log, and ends them all."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from creatorhub.operations.supervisor import processes
from creatorhub.operations.supervisor.log import Log
from creatorhub.operations.supervisor.processes import Supervisor
from tests.foundation.database_users import eventually

SAYS_ITS_ID_AND_WAITS = "import os, time; print('id', os.getpid(), flush=True); time.sleep(60)"
STARTS_A_CHILD_AND_IGNORES_US = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print("id", child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def output() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def supervisor(tmp_path: Path, output: io.StringIO) -> Iterator[Supervisor]:
    kept = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    supervisor = Supervisor(folder=tmp_path, surroundings={}, log=Log(output))
    yield supervisor
    supervisor.stop_all()
    for each, handler in kept.items():
        signal.signal(each, handler)


def ids_said(output: io.StringIO) -> list[int]:
    return [int(line.rsplit(" ", 1)[1]) for line in output.getvalue().splitlines() if "id" in line]


def is_alive(pid: int) -> bool:
    """Whether it still runs; a dead process that nobody has reaped yet does not."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    return False


def test_a_process_that_dies_is_started_again(supervisor: Supervisor, output: io.StringIO) -> None:
    supervisor.start("web", [sys.executable, "-c", SAYS_ITS_ID_AND_WAITS])
    assert supervisor.watch_until(lambda: len(ids_said(output)) == 1)
    os.kill(ids_said(output)[0], signal.SIGKILL)
    assert supervisor.watch_until(lambda: len(ids_said(output)) == 2)
    first, second = ids_said(output)
    assert first != second
    assert "ended (-9); again in" in output.getvalue()


def test_every_line_says_whose_it_is(supervisor: Supervisor, output: io.StringIO) -> None:
    supervisor.start("worker", [sys.executable, "-c", "print('hello'); import time; time.sleep(9)"])
    assert supervisor.watch_until(lambda: "hello" in output.getvalue())
    assert "  worker | hello\n" in output.getvalue()
    assert "\033[" not in output.getvalue()  # Colours are for terminals only.


def test_ctrl_c_ends_the_watch(supervisor: Supervisor) -> None:
    os.kill(os.getpid(), signal.SIGINT)
    assert not supervisor.watch_until(lambda: False)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads /proc")
def test_whoever_ignores_the_end_is_ended_with_all_it_started(
    supervisor: Supervisor, output: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "PATIENCE_SECONDS", 0.2)
    supervisor.start("web", [sys.executable, "-c", STARTS_A_CHILD_AND_IGNORES_US])
    assert supervisor.watch_until(lambda: bool(ids_said(output)))
    grandchild = ids_said(output)[0]
    assert is_alive(grandchild)
    supervisor.stop_all()
    assert supervisor.children[0].process is not None
    assert supervisor.children[0].process.returncode == -signal.SIGKILL
    # The kernel ends it a moment after it was told to.
    assert eventually(lambda: not is_alive(grandchild), seconds=5)
