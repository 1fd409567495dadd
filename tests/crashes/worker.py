"""A real worker process with a queue of its own, which can be killed and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery

from creatorhub.config.environment import environment
from tests.databases import CommittedDatabase

THREADS = 2
WAKE_UP = "creatorhub.outbox.tasks.deliver_due_messages"


@dataclass
class Worker:
    """As the supervisor starts it: a pool of threads behind a queue in a folder."""

    database: CommittedDatabase
    folder: Path
    careless: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    queue: Celery = field(init=False)

    def __post_init__(self) -> None:
        for name in ("queue", "queue-control"):
            (self.folder / name).mkdir()
        queue = str(self.folder / "queue")
        self.queue = Celery(broker="filesystem://localhost", set_as_current=False)
        self.queue.conf.broker_transport_options = {
            "data_folder_in": queue,
            "data_folder_out": queue,
            "control_folder": str(self.folder / "queue-control"),
        }

    @property
    def log(self) -> str:
        return (self.folder / "worker.log").read_text()

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "tests.crashes.worker_app", "--quiet"]
        plain = ["--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        with (self.folder / "worker.log").open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "worker", "--pool=threads", f"--concurrency={THREADS}", *plain],
                cwd=environment.project_root,
                env=self._surroundings(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def wake(self) -> None:
        """What beat does every few seconds."""
        self.queue.send_task(WAKE_UP)

    def kill(self) -> None:
        """With -9, and whatever it started."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def must_be_alive(self) -> None:
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError(f"The worker ended by itself:\n{self.log[-3000:]}")

    def _surroundings(self) -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if name != "CELERY_BROKER_URL"}
        return given | {
            "DATABASE_URL": self.database.url,
            "VAR_ROOT": str(self.folder),
            "CARELESS": self.careless,
            "PYTHONPATH": str(environment.project_root),
            "PYTHONWARNINGS": "ignore::RuntimeWarning:celery.platforms",
        }
