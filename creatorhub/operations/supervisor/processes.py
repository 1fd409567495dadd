"""Child processes that are started again when they die and stopped together."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from creatorhub.operations.supervisor.log import Log

PATIENCE_SECONDS = 8.0
QUICK_DEATH_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 10.0


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_deaths: int = 0


@dataclass
class Supervisor:
    """Runs until it is told to stop by SIGINT (Ctrl-C) or SIGTERM."""

    folder: Path
    surroundings: dict[str, str]
    log: Log
    children: list[Child] = field(default_factory=list)
    told_to_stop: bool = False

    def __post_init__(self) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_: self._note_stop())

    def start(self, name: str, command: list[str]) -> None:
        child = Child(name=name, command=command)
        self.children.append(child)
        self._spawn(child)

    def watch_until(self, reached: Callable[[], bool]) -> bool:
        """Keep everything alive until `reached`; False when told to stop before."""
        while not self.told_to_stop:
            if reached():
                return True
            for child in self.children:
                self._look_after(child)
            time.sleep(0.1)
        return False

    def stop_all(self) -> None:
        """Ask everybody to end, once; whoever takes too long is ended, with all they started."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _end_group(process)
            process.wait()

    def _note_stop(self) -> None:
        self.told_to_stop = True

    def _spawn(self, child: Child) -> None:
        # Our own interpreter and modules; the port and folders are ours, no shell reads them.
        child.process = subprocess.Popen(  # noqa: S603
            [*_ends_with_its_parent(), *child.command],
            cwd=self.folder,
            env=os.environ | self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A group of their own: Ctrl-C reaches the supervisor only, which asks each one once.
            process_group=0,
        )
        child.started_at = time.monotonic()
        child.start_again_at = 0.0
        if child.process.stdout:
            self.log.follow(child.name, child.process.stdout)

    def _look_after(self, child: Child) -> None:
        if child.process is not None and child.process.poll() is None:
            return
        moment = time.monotonic()
        if child.process is not None:
            lived = moment - child.started_at
            child.quick_deaths = child.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 1
            pause = min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** (child.quick_deaths - 1))
            _end_group(child.process)
            self.log.line(child.name, f"ended ({child.process.returncode}); again in {pause:.1f} s")
            child.process = None
            child.start_again_at = moment + pause
        elif moment >= child.start_again_at:
            self._spawn(child)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what is left of a process and of those it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _ends_with_its_parent() -> list[str]:
    """On Linux a killed supervisor takes its children along, so that nothing holds the port."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
