"""Databases for tests: migrated once, cloned for everybody.

Migrating takes half a minute, cloning a fifth of a second. Names carry the process id, so several
people can run the tests at once on one server.
"""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import conninfo, sql

ONE_AT_A_TIME = 87142
"""The advisory lock under which templates are made, cloned and thrown away."""

KEPT_TEMPLATES = 4


@dataclass(frozen=True)
class CommittedDatabase:
    """A database of one test's own, where commits are real."""

    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """For another process's DATABASE_URL."""
        wanted = settings.DATABASES["default"]
        return (
            f"postgresql:///{self.name}?host={quote(wanted['HOST'])}&port={wanted['PORT']}"
            f"&user={wanted['USER']}&password={quote(wanted.get('PASSWORD') or '')}"
        )

    def connect(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        """A connection that Django knows nothing about."""
        return psycopg.connect(server_dsn(self.name), autocommit=autocommit)

    def at_once(self, *calls: Callable[[], Any]) -> list[Any]:
        """Run all calls at the same moment, a thread and a connection each.

        The answers come in the order of the calls; a call that raised answers its exception.
        """
        start = threading.Barrier(len(calls))

        def run(call: Callable[[], Any]) -> Any:
            try:
                connection.ensure_connection()
                start.wait(timeout=60)
                return call()
            except Exception as error:  # noqa: BLE001 -- the test judges what came of each call
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(max_workers=len(calls)) as pool:
            return list(pool.map(run, calls))


def server_dsn(database: str = "postgres") -> str:
    wanted = settings.DATABASES["default"]
    return conninfo.make_conninfo(
        host=wanted["HOST"],
        port=wanted["PORT"],
        user=wanted["USER"],
        password=wanted.get("PASSWORD") or "",
        dbname=database,
    )


def template() -> str:
    """The name of the migrated template; made when the migrations have changed."""
    name = f"template_{_migrations_hash()}"
    with _one_at_a_time() as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            _make_template(server, name)
            _drop_old_templates(server, newest=name)
        _drop_databases_of_the_dead(server)
    return name


def clone(template_name: str, name: str) -> None:
    with _one_at_a_time() as server:
        _drop(server, name)
        _run(server, "CREATE DATABASE {} TEMPLATE {}", name, template_name)
        # A test's data may be lost with the machine; the market's may not.
        _run(server, "ALTER DATABASE {} SET synchronous_commit = off", name)


def drop(name: str) -> None:
    with _one_at_a_time() as server:
        _drop(server, name)


@contextmanager
def repointed(name: str) -> Iterator[None]:
    """Django's connections, in every thread, lead to the database `name`."""
    kept = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path).glob("**/migrations/*.py")):
            digest.update(f"{config.name}/{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _one_at_a_time() -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server_dsn(), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        yield server


def _make_template(server: psycopg.Connection[Any], name: str) -> None:
    making = f"{name}_making"
    _drop(server, making)
    _run(server, "CREATE DATABASE {}", making)
    _run(server, "ALTER DATABASE {} SET synchronous_commit = off", making)
    with repointed(making):
        call_command("migrate", verbosity=0, interactive=False)
    _run(server, "ALTER DATABASE {} RENAME TO {}", making, name)


def _drop_old_templates(server: psycopg.Connection[Any], *, newest: str) -> None:
    names = server.execute(
        "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]{12}$' ORDER BY oid"
    ).fetchall()
    for (name,) in names[:-KEPT_TEMPLATES]:
        if name != newest:
            _drop(server, name)


def _drop_databases_of_the_dead(server: psycopg.Connection[Any]) -> None:
    """What a killed test run left behind; the number in the name is the run's process id."""
    for (name,) in server.execute("SELECT datname FROM pg_database").fetchall():
        owner = re.fullmatch(r"test_(\d+)(?:_.*)?", name)
        if owner and not _is_alive(int(owner[1])):
            _drop(server, name)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    _run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _run(server: psycopg.Connection[Any], statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))
