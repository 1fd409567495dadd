"""The embedded PostgreSQL runs while somebody uses it, whatever happens to whom."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from creatorhub.foundation import embedded_database
from creatorhub.foundation.embedded_database.guardian import running_server_pid
from creatorhub.foundation.embedded_database.places import EmbeddedDatabaseError, places_for
from tests.foundation.database_users import (
    arrived,
    begin,
    eventually,
    query,
    server_pid,
    user_of,
)


def guardian_pid(var_root: Path) -> int:
    return int(places_for(var_root).guardian_lock.read_text())


def test_it_speaks_arabic_and_is_out_of_the_networks_reach(var_root: Path) -> None:
    embedded_database.ensure_running(var_root)
    assert query(var_root, "SHOW server_version_num") >= "180000"
    assert query(var_root, "SHOW listen_addresses") == ""
    assert query(var_root, "SHOW fsync") == "on"
    assert query(var_root, "SELECT to_tsvector('arabic', 'كتب جميلة')::text") == "'جميل':2 'كتب':1"
    assert embedded_database.address(var_root).folder.stat().st_mode & 0o777 == 0o700


def test_asking_again_is_quick(var_root: Path) -> None:
    embedded_database.ensure_running(var_root)
    durations = []
    for _ in range(5):
        started = time.perf_counter()
        embedded_database.ensure_running(var_root)
        durations.append(time.perf_counter() - started)
    assert min(durations) < 0.05


def test_processes_that_come_at_once_share_one_server(var_root: Path) -> None:
    users = [arrived(process) for process in [begin(var_root) for _ in range(4)]]
    assert query(var_root, "SELECT count(*) FROM pg_database WHERE datname = 'creatorhub'") == 1
    assert query(var_root, "SHOW data_directory") == str(places_for(var_root).data)
    for user in users:
        user.leave()


def test_the_last_to_leave_stops_it_even_when_killed(var_root: Path) -> None:
    first, second = user_of(var_root), user_of(var_root)
    started = server_pid(var_root)
    first.leave()
    time.sleep(2.5)  # Longer than the guardian lingers.
    assert server_pid(var_root) == started
    second.kill()
    assert eventually(lambda: server_pid(var_root) is None)


def test_a_killed_server_comes_back_with_what_was_committed(var_root: Path) -> None:
    user = user_of(var_root)
    query(var_root, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(server_pid(var_root) or 0, signal.SIGKILL)
    embedded_database.ensure_running(var_root)
    assert query(var_root, "SELECT answer FROM kept") == 42
    user.leave()


def test_a_server_whose_guardian_was_killed_is_adopted(var_root: Path) -> None:
    user = user_of(var_root)
    server = server_pid(var_root)
    os.kill(guardian_pid(var_root), signal.SIGKILL)
    second = user_of(var_root)
    assert server_pid(var_root) == server
    user.leave()
    second.leave()
    assert eventually(lambda: server_pid(var_root) is None)


def test_a_note_of_a_dead_server_that_names_a_living_stranger_is_ignored(var_root: Path) -> None:
    user = user_of(var_root)
    note = places_for(var_root).data / "postmaster.pid"
    written = note.read_text().split("\n", 1)[1]
    for pid in (guardian_pid(var_root), server_pid(var_root)):
        os.kill(pid or 0, signal.SIGKILL)
    user.kill()
    note.write_text(f"{os.getpid()}\n{written}")  # After a reboot the number is somebody else's.
    assert running_server_pid(places_for(var_root).data) is None
    embedded_database.ensure_running(var_root)
    assert query(var_root, "SELECT 1") == 1


def test_stop_ends_it_although_somebody_uses_it(var_root: Path) -> None:
    user = user_of(var_root)
    assert embedded_database.stop(var_root)
    assert server_pid(var_root) is None
    assert not embedded_database.stop(var_root)
    user.leave()


def test_a_server_that_cannot_start_says_why(var_root: Path) -> None:
    embedded_database.ensure_running(var_root)
    embedded_database.stop(var_root)
    (places_for(var_root).data / "PG_VERSION").write_text("9.1\n")
    with pytest.raises(EmbeddedDatabaseError, match="incompatible"):
        embedded_database.ensure_running(var_root)
