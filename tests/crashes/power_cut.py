"""A PostgreSQL of a test's own, whose power fails, and the shoppers who go on buying meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import connection, connections

from creatorhub.config.environment import environment
from creatorhub.foundation import embedded_database
from creatorhub.foundation.embedded_database import Address
from creatorhub.foundation.embedded_database.guardian import running_server_pid
from creatorhub.foundation.embedded_database.places import Places, places_for
from tests.databases import server_dsn

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """As the market starts it, its guardian included."""

    var_root: Path
    places: Places
    address: Address

    def fill_from(self, template: str) -> None:
        """The migrated tables of the tests' own server."""
        dump = [str(self.places.programs / "pg_dump"), "--no-owner", server_dsn(template)]
        load = [str(self.places.programs / "psql"), "--quiet", "--set=ON_ERROR_STOP=1"]
        with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
            subprocess.run(
                [*load, self.address.dsn],
                stdin=dumping.stdout,
                stdout=subprocess.DEVNULL,
                check=True,
            )
        assert dumping.returncode == 0

    def cut_the_power(self) -> None:
        """What `pg_ctl stop -m immediate` does; then wait until the guardian has it back."""
        server = running_server_pid(self.places.data)
        assert server
        os.kill(server, signal.SIGQUIT)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while running_server_pid(self.places.data) in (server, None) or not self._answers():
            assert time.monotonic() < deadline, self.places.log.read_text()[-2000:]
            time.sleep(0.02)

    def acknowledge_before_the_disk_knows(self) -> None:
        """Careless: commits are answered at once and written down when there is time."""
        for setting in ("synchronous_commit = off", "wal_writer_delay = '10s'"):
            self.tell(f"ALTER SYSTEM SET {setting}")
        self.tell("SELECT pg_reload_conf()")

    def tell(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.address.dsn, autocommit=True) as direct:
            cursor = direct.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def _answers(self) -> bool:
        try:
            return bool(self.tell("SELECT 1"))
        except psycopg.OperationalError:
            return False


@contextmanager
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="market-"))
    folder.chmod(0o755)
    var_root = folder / "var"
    address = embedded_database.ensure_running(var_root)
    places = places_for(var_root)
    try:
        yield Cluster(var_root, places, address)
    finally:
        embedded_database.stop(var_root)
        for left in (places.home, places.socket_folder, folder):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def looking_at(address: Address) -> Iterator[None]:
    """Django's connections lead to this server."""
    settings = connection.settings_dict
    kept = dict(settings)
    connections.close_all()
    settings |= {
        "NAME": address.database,
        "USER": address.user,
        "HOST": str(address.folder),
        "PORT": str(address.port),
    }
    try:
        yield
    finally:
        connections.close_all()
        settings |= kept


@dataclass(frozen=True)
class Shoppers:
    """Who buy without a pause, and keep what they were told where no power cut reaches it."""

    process: subprocess.Popen[bytes]
    promises: Path
    log: Path

    def promised(self) -> dict[str, set[str]]:
        """Word → order numbers: what the market said to somebody."""
        assert self.process.poll() is None, self.log.read_text()[-3000:]
        told: dict[str, set[str]] = {"placed": set(), "sold": set()}
        for line in self.promises.read_text().splitlines():
            word, number = line.split()
            told[word].add(number)
        return told

    def wait_for(self, count: int) -> None:
        """Until so many more promises were made."""
        wanted = sum(map(len, self.promised().values())) + count
        deadline = time.monotonic() + PATIENCE_SECONDS
        while sum(map(len, self.promised().values())) < wanted:
            assert time.monotonic() < deadline, self.log.read_text()[-3000:]
            time.sleep(0.01)


@contextmanager
def shoppers(place: Cluster, folder: Path, **facts: int) -> Iterator[Shoppers]:
    promises, log = folder / "promises", folder / "shoppers.log"
    promises.touch()
    url = f"postgresql:///{place.address.database}?host={quote(str(place.address.folder))}"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.crashes.shop_on", str(promises), json.dumps(facts)],
            cwd=environment.project_root,
            env=os.environ
            | {
                "DATABASE_URL": f"{url}&port={place.address.port}&user={place.address.user}",
                "DJANGO_SETTINGS_MODULE": "creatorhub.config.settings",
                "CELERY_BROKER_URL": "memory://",
                "PYTHONPATH": str(environment.project_root),
            },
            stdout=output,
            stderr=output,
        )
    try:
        yield Shoppers(process, promises, log)
    finally:
        process.kill()
        process.wait()


def lost(place: Cluster, told: dict[str, set[str]]) -> Counter[str]:
    """What was promised and is not there, by word."""
    kept = {
        "placed": place.tell("SELECT number FROM order_order"),
        "sold": place.tell(
            "SELECT number FROM order_order o JOIN sales_sale s ON s.order_id = o.id"
        ),
    }
    return Counter(
        {word: len(told[word] - {str(number) for (number,) in kept[word]}) for word in told}
    )
