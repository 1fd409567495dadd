"""Start the embedded PostgreSQL when it is needed, and say where it answers.

Measured on two cores: 0.9 s for the first start (it makes the data folder), 0.3 s for a later one,
under 10 ms when the server already runs.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from creatorhub.foundation.embedded_database.guardian import GAVE_UP, running_server_pid
from creatorhub.foundation.embedded_database.places import (
    EmbeddedDatabaseError,
    Places,
    fill_folders,
    make_folders,
    places_for,
)

USER = "creatorhub"
DATABASE = "creatorhub"
PORT = 5432
"""Only a part of the socket's name: the server listens on no network address at all."""

PATIENCE_WITH_START = 120.0  # Recovery after a crash replays what was written since a checkpoint.
LARGEST_LOG = 5_000_000

SETTINGS = {
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "wal_level": "replica",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Containers often have 64 MB of /dev/shm; parallel workers would need more on two cores' gain.
    "max_parallel_workers_per_gather": "0",
    "io_method": "sync",
    # A clone of the whole schema is dropped in one transaction.
    "max_locks_per_transaction": "256",
    "unix_socket_permissions": "0700",
    "log_line_prefix": "%m [%p] %d ",
    "idle_in_transaction_session_timeout": "10min",
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """What a client needs; there is no password, the socket's folder is private."""

    folder: Path
    port: int = PORT
    user: str = USER
    database: str = DATABASE

    @property
    def dsn(self) -> str:
        return (
            f"host='{self.folder}' port={self.port} user={self.user} dbname={self.database} "
            "connect_timeout=10"
        )


_leases: dict[Path, int] = {}
"""The file descriptors that hold this process's shared locks; forked children share them."""


def address(var_root: Path) -> Address:
    """Where the server of `var_root` answers once it runs. Starts nothing."""
    return Address(folder=places_for(var_root).socket_folder)


def ensure_running(var_root: Path, *, say: Callable[[str], None] | None = None) -> Address:
    """Start the server unless it runs, and keep it running for as long as this process lives.

    Safe from any number of processes at once. `say` hears one line for each slow step. Raises
    EmbeddedDatabaseError, with the end of the server's log, when it does not come up.
    """
    var_root.mkdir(parents=True, exist_ok=True)  # With whatever umask; the places depend on it.
    places = places_for(var_root)
    found = Address(folder=places.socket_folder)
    if places.users_lock in _leases and _answers(found):
        return found
    make_folders(places)
    with _alone(places.start_lock):
        _take_lease(places)
        if not _has_guardian(places) or not _answers(found):
            _start(places, found, say or _say_nothing)
    return found


def give_up_lease(var_root: Path) -> None:
    """Stop using the server; it ends by itself when nobody else does."""
    descriptor = _leases.pop(places_for(var_root).users_lock, None)
    if descriptor is not None:
        os.close(descriptor)


def wait_until_stopped(var_root: Path, *, seconds: float) -> bool:
    """Whether the server ended within `seconds`, as it does when its last user has gone."""
    places = places_for(var_root)
    deadline = time.monotonic() + seconds
    while _has_guardian(places):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def stop(var_root: Path) -> bool:
    """Stop the server now, whoever uses it. Answers whether there was one."""
    places = places_for(var_root)
    give_up_lease(var_root)
    if not places.home.exists():
        return False
    guardian = _guardian_pid(places)
    server = running_server_pid(places.data)
    if guardian is not None:
        os.kill(guardian, signal.SIGTERM)
    elif server is not None:
        os.kill(server, signal.SIGINT)
    deadline = time.monotonic() + PATIENCE_WITH_START
    while running_server_pid(places.data) is not None or _has_guardian(places):
        if time.monotonic() > deadline:
            raise EmbeddedDatabaseError(f"The database does not stop; see {places.log}.")
        time.sleep(0.05)
    return guardian is not None or server is not None


def make_database_anew(var_root: Path) -> None:
    """Throw away everything stored and begin with an empty database. The server must run."""
    found = address(var_root)
    with psycopg.connect(Address(folder=found.folder, database="postgres").dsn) as connection:
        connection.autocommit = True
        name = sql.Identifier(found.database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    _make_database(found)


def _start(places: Places, found: Address, say: Callable[[str], None]) -> None:
    if places.outside_of is not None:
        say(
            f"The database cannot live in {places.outside_of}: the user it runs as may not pass "
            f"a folder above. Its data are in {places.home}."
        )
    fill_folders(places)
    if not (places.data / "PG_VERSION").exists():
        say(f"Making the database in {places.data}")
        _make_data(places)
    _wait_until_ready(places, Address(folder=found.folder, database="postgres"))
    _make_database(found)


def _make_data(places: Places) -> None:
    unfinished = places.home / "data-unfinished"
    _run_as_server(places, ["rm", "-rf", str(unfinished)])
    _run_as_server(
        places,
        [
            str(places.programs / "initdb"),
            f"--pgdata={unfinished}",
            f"--username={USER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--no-instructions",
        ],
    )
    # Whole or not at all: a half-made folder would be taken for a cluster ever after.
    unfinished.rename(places.data)


def _run_as_server(places: Places, command: list[str]) -> None:
    account = places.account
    # Fixed programs with paths of our own making; no shell reads them.
    outcome = subprocess.run(  # noqa: S603
        command,
        cwd=places.home,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account.is_lent else None,
        group=account.gid if account.is_lent else None,
        extra_groups=[] if account.is_lent else None,
    )
    if outcome.returncode:
        raise EmbeddedDatabaseError(f"{command[0]} failed: {outcome.stderr.strip()}")


def _start_guardian(places: Places) -> None:
    orders = {
        "data": str(places.data),
        "socket_folder": str(places.socket_folder),
        "users_lock": str(places.users_lock),
        "guardian_lock": str(places.guardian_lock),
        "uid": places.account.uid,
        "gid": places.account.gid,
        "command": [
            str(places.programs / "postgres"),
            *("-D", str(places.data)),
            *("-h", "", "-k", str(places.socket_folder), "-p", str(PORT)),
            *(part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")),
        ],
    }
    if places.log.exists() and places.log.stat().st_size > LARGEST_LOG:
        places.log.replace(places.log.with_suffix(".old.log"))
    script = Path(__file__).with_name("guardian.py")
    with places.log.open("ab") as log:
        # Our own script with our own interpreter. Its first half forks and ends at once.
        subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(script), json.dumps(orders)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            check=True,
            timeout=30,
        )


def _wait_until_ready(places: Places, maintenance: Address) -> None:
    deadline = time.monotonic() + PATIENCE_WITH_START
    started_guardian = False
    while not (_has_guardian(places) and _answers(maintenance)):
        gave_up = False
        if not _has_guardian(places):
            # One that was here before may just have been on its way out.
            gave_up = started_guardian and places.guardian_lock.read_text().strip() == GAVE_UP
            started_guardian = True
            if not gave_up:
                _start_guardian(places)
        if gave_up or time.monotonic() > deadline:
            raise EmbeddedDatabaseError(
                f"The embedded PostgreSQL does not answer. {places.log} ends:\n{_tail(places)}"
            )
        time.sleep(0.02)


def _make_database(found: Address) -> None:
    maintenance = Address(folder=found.folder, database="postgres")
    with psycopg.connect(maintenance.dsn, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [found.database])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(found.database)))


def _answers(found: Address) -> bool:
    """Whether a real query comes back: an open socket alone says little during recovery."""
    try:
        with psycopg.connect(found.dsn) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _take_lease(places: Places) -> None:
    if places.users_lock in _leases:
        return
    descriptor = os.open(places.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    # Waits only while a guardian is stopping the server, which then is started anew.
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    _leases[places.users_lock] = descriptor


def _has_guardian(places: Places) -> bool:
    return _guardian_pid(places) is not None


def _guardian_pid(places: Places) -> int | None:
    if not places.guardian_lock.exists():
        return None
    descriptor = os.open(places.guardian_lock, os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        with suppress(ValueError):
            return int(os.read(descriptor, 20))
        return None
    else:
        return None
    finally:
        os.close(descriptor)


def _tail(places: Places) -> str:
    if not places.log.exists():
        return "(empty)"
    return "\n".join(places.log.read_text(errors="replace").splitlines()[-12:])


def _say_nothing(_line: str) -> None:
    """For callers who want no progress lines."""
