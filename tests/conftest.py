"""The databases and the network rules every test stands on (browser fixtures follow)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import conninfo, sql

from creatorhub.config.environment import environment
from creatorhub.foundation import embedded_database


def _server_dsn() -> str:
    wanted = settings.DATABASES["default"]
    return conninfo.make_conninfo(
        host=wanted["HOST"],
        port=wanted["PORT"],
        user=wanted["USER"],
        password=wanted.get("PASSWORD") or "",
        dbname="postgres",
    )


def _migrations_hash() -> str:
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda c: c.name):
        for path in sorted(Path(config.path).glob("**/migrations/*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _run(dsn: str, statement: str, *names: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*(sql.Identifier(name) for name in names)))


def _template(dsn: str) -> str:
    name = f"template_{_migrations_hash()}"
    with psycopg.connect(dsn, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(87142)")
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            making = f"{name}_making"
            _run(dsn, "DROP DATABASE IF EXISTS {} WITH (FORCE)", making)
            _run(dsn, "CREATE DATABASE {}", making)
            connection.close()
            connection.settings_dict["NAME"] = making
            call_command("migrate", verbosity=0, interactive=False)
            connection.close()
            _run(dsn, "ALTER DATABASE {} RENAME TO {}", making, name)
    return name


@pytest.fixture(scope="session")
def template_database(django_db_blocker: Any) -> str:
    if not environment.database_url:
        embedded_database.ensure_running(environment.var_root)
    with django_db_blocker.unblock():
        return _template(_server_dsn())


@pytest.fixture(scope="session")
def django_db_setup(template_database: str) -> Iterator[None]:
    dsn = _server_dsn()
    name = f"test_{os.getpid()}"
    _run(dsn, "CREATE DATABASE {} TEMPLATE {}", name, template_database)
    connections.close_all()
    connection.settings_dict["NAME"] = name
    yield
    connections.close_all()
    _run(dsn, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture
def committed_database(template_database: str, django_db_blocker: Any) -> Iterator[str]:
    """A database of its own for races and crashes: really committed, thrown away after."""
    dsn = _server_dsn()
    kept, name = connection.settings_dict["NAME"], f"test_{os.getpid()}_committed"
    _run(dsn, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _run(dsn, "CREATE DATABASE {} TEMPLATE {}", name, template_database)
    with django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield name
        connections.close_all()
    connection.settings_dict["NAME"] = kept
    _run(dsn, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
