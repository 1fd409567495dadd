"""Which markets run on this folder, so that `make stop` finds them, and nobody else.

A running market holds a lock on a file named after its process id. A file without a lock was left
by a killed market, and its number may be a stranger's today. Standard library only: stopping
should not have to load Django.
"""

from __future__ import annotations

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 20.0


@contextmanager
def noted_as_running(var_root: Path) -> Iterator[None]:
    """Within the block this process is a market that `stop_running` finds."""
    note = var_root / "running" / str(os.getpid())
    note.parent.mkdir(parents=True, exist_ok=True)
    with note.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        try:
            yield
        finally:
            note.unlink(missing_ok=True)


def stop_running(var_root: Path) -> int:
    """Ask every market on this folder to end, and wait for it. Returns how many there were."""
    running = [note for note in sorted((var_root / "running").glob("*")) if _is_held(note)]
    for note in running:
        os.kill(int(note.name), signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(map(_is_held, running)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return len(running)


def _is_held(note: Path) -> bool:
    try:
        with note.open() as looked_at:
            fcntl.flock(looked_at, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    note.unlink(missing_ok=True)
    return False
