"""A real web server over a database of its own, for browsers and raw HTTP."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from creatorhub.config.celery import app
from creatorhub.config.environment import environment
from tests.databases import CommittedDatabase

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class LiveMarket:
    """Where the market answers; the test's own process works on the same database."""

    url: str
    database: CommittedDatabase
    log: Path

    def let_workers_work(self) -> None:
        """Run every periodic task once, in this process, as the worker does by the clock."""
        app.loader.import_default_modules()
        for entry in app.conf.beat_schedule.values():
            app.tasks[entry["task"]].run()


@contextmanager
def serve(
    database: CommittedDatabase,
    folder: Path,
    *,
    workers: int = 1,
    application: str = "creatorhub.config.wsgi:application",
    **surroundings: str,
) -> Iterator[LiveMarket]:
    """Start granian on a free port; `folder` takes its log and what people upload."""
    port = free_port()
    log = folder / "web.log"
    market = LiveMarket(url=f"http://127.0.0.1:{port}", database=database, log=log)
    with log.open("wb") as output:
        server = subprocess.Popen(
            _command(port, workers, application),
            cwd=environment.project_root,
            env=_surroundings(market, folder) | surroundings,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        _wait_until_open(server, port, log)
        yield market
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(port: int, workers: int, application: str) -> list[str]:
    options = {"--interface": "wsgi", "--host": "127.0.0.1", "--port": str(port)}
    threads = {"--workers": str(workers), "--blocking-threads": "8"}
    parts = [part for pair in (options | threads).items() for part in pair]
    return [sys.executable, "-m", "granian", *parts, application]


def _surroundings(market: LiveMarket, folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": market.database.url,
        "BASE_URL": market.url,
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "CELERY_BROKER_URL": "memory://",
        "PYTHONPATH": str(environment.project_root),
    }


def _wait_until_open(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The web server does not answer:\n{log.read_text()[-3000:]}")
        time.sleep(0.05)
