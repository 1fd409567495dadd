"""Other processes that use an embedded database, and folders for it to live in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from creatorhub.config.environment import PROJECT_ROOT
from creatorhub.foundation import embedded_database
from creatorhub.foundation.embedded_database.guardian import running_server_pid
from creatorhub.foundation.embedded_database.places import places_for

HOLD = """
import sys
from pathlib import Path
from creatorhub.foundation.embedded_database import ensure_running
address = ensure_running(Path(sys.argv[1]), say=lambda line: sys.stderr.write(line + "\\n"))
print(address.folder, flush=True)
sys.stdin.read()
"""


@dataclass
class DatabaseUser:
    """A process that uses the database until it leaves or is killed."""

    process: subprocess.Popen[str]
    folder: Path

    def leave(self) -> None:
        self.process.communicate(timeout=30)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=30)


def begin(var_root: Path, *, python: str = sys.executable, uid: int | None = None):
    """Start a process that uses the database of `var_root`, without waiting for it."""
    packages = Path(psycopg.__file__).parents[1]
    return subprocess.Popen(
        [python, "-c", HOLD, str(var_root)],
        cwd="/",
        env={"PATH": os.defpath, "PYTHONPATH": f"{PROJECT_ROOT}:{packages}", "HOME": "/"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=uid,
        group=uid,
        extra_groups=None if uid is None else [],
    )


def arrived(process: subprocess.Popen[str]) -> DatabaseUser:
    """Wait until the process has its database; fail with what it said when it has not."""
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    if not said:
        raise AssertionError(process.communicate(timeout=30)[1])
    return DatabaseUser(process=process, folder=Path(said))


def user_of(var_root: Path) -> DatabaseUser:
    return arrived(begin(var_root))


def server_pid(var_root: Path) -> int | None:
    return running_server_pid(places_for(var_root).data)


def query(var_root: Path, statement: str) -> object:
    """The first value of the answer, straight from the server, which must already run."""
    with psycopg.connect(embedded_database.address(var_root).dsn, autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def eventually(condition: Callable[[], bool], *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
