"""Children that do named work in processes of their own, and may be killed while they do it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from creatorhub.config.environment import environment
from creatorhub.foundation.clock import now

SURVIVED = 0


@dataclass(frozen=True)
class Job:
    """A function of a module, and what it is given; everything fits into JSON."""

    work: Callable[..., Any]
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"{self.work.__module__}:{self.work.__qualname__}"


@dataclass(frozen=True)
class Ended:
    """How a child ended, what it did, and what its work returned."""

    was_killed: bool
    moments: tuple[str, ...] = ()
    answer: Any = None
    error: str = ""


class Children:
    """The near side of a warm parent: jobs go in, their ends come out.

    Work happens in the database that the test looks at now, at the moment the test is in.
    """

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.crashes.warm_parent"],
            cwd=environment.project_root,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "creatorhub.config.settings",
                "CELERY_BROKER_URL": "memory://",
                "VAR_ROOT": str(environment.var_root),
                "PYTHONPATH": str(environment.project_root),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._hear() == "ready\n"

    def end(self) -> None:
        assert self._parent.stdin
        self._parent.stdin.close()
        self._parent.wait(timeout=30)

    def moments_of(self, job: Job) -> tuple[str, ...]:
        """Every moment there is to die in, in a child that nobody kills."""
        return self.run(job).moments

    def run(self, job: Job) -> Ended:
        """Let a child do the work to its end."""
        (ended,) = self.run_at_once([job])
        return ended

    def run_at_once(self, jobs: Sequence[Job]) -> list[Ended]:
        """A child each, all let go at the same moment; all must come to their end."""
        ended = self._ask([self._order(job) for job in jobs])
        for one in ended:
            assert not one.was_killed, "a child was killed, and not by us"
            assert not one.error, one.error
        return ended

    def kill(self, job: Job, *, at: int) -> bool:
        """Let a child die at this moment. False where it was through before.

        (What a process remembers after its first time saves the next one a statement or two.)
        """
        (ended,) = self._ask([self._order(job) | {"dies_at": at}])
        assert not ended.error, ended.error
        return ended.was_killed

    def _order(self, job: Job) -> dict[str, Any]:
        place = connection.settings_dict["NAME"]
        at = now().isoformat()
        return {"work": job.name, "about": job.about, "database": place, "at": at}

    def _ask(self, orders: list[dict[str, Any]]) -> list[Ended]:
        assert self._parent.stdin
        self._parent.stdin.write(json.dumps(orders) + "\n")
        self._parent.stdin.flush()
        return [
            Ended(
                was_killed=told["status"] == signal.SIGKILL,
                moments=tuple(told.get("moments", ())),
                answer=told.get("answer"),
                error=told.get("error", ""),
            )
            for told in json.loads(self._hear())
        ]

    def _hear(self) -> str:
        assert self._parent.stdout
        line = self._parent.stdout.readline()
        assert line, "the warm parent has died"
        return line
