"""Where the embedded PostgreSQL lives, for root, for a second user and for deep folders."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from creatorhub.config.environment import PROJECT_ROOT
from creatorhub.foundation import embedded_database
from creatorhub.foundation.embedded_database.places import (
    LONGEST_SOCKET_PATH,
    Account,
    make_folders,
    places_for,
    pointer_for,
)
from tests.foundation.database_users import arrived, begin, query, user_of

NOBODY = 65534


def python_for_nobody() -> str:
    """An interpreter like ours that `nobody` may run, or a skipped test."""
    nobody = Account(uid=NOBODY, gid=NOBODY)
    ours = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = [sys.executable, shutil.which(ours, path=os.defpath)]
    reachable = nobody.can_pass(PROJECT_ROOT) and nobody.can_pass(Path(psycopg.__file__).parent)
    for candidate in candidates:
        if reachable and candidate and nobody.can_run(Path(candidate).resolve()):
            return candidate
    pytest.skip("another user can reach neither this clone nor its Python")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_a_second_user_has_a_server_of_their_own(var_root: Path) -> None:
    python = python_for_nobody()
    ours = user_of(var_root)
    theirs_root = Path(tempfile.mkdtemp(prefix="market-"))
    os.chown(theirs_root, NOBODY, NOBODY)
    theirs = arrived(begin(theirs_root / "var", python=python, uid=NOBODY))
    assert ours.folder != theirs.folder
    assert query(theirs_root / "var", "SHOW data_directory") != query(
        var_root, "SHOW data_directory"
    )
    theirs.leave()
    ours.leave()
    embedded_database.stop(theirs_root / "var")
    shutil.rmtree(theirs_root)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server another user")
def test_for_root_the_server_runs_as_nobody_and_its_files_are_private(var_root: Path) -> None:
    embedded_database.ensure_running(var_root)
    home = places_for(var_root).home
    assert home == var_root / "database"
    assert home.stat().st_uid == NOBODY
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert places_for(var_root).data.stat().st_uid == NOBODY


def test_behind_a_closed_folder_data_and_programs_live_outside_and_the_log_says_so(
    var_root_behind_a_closed_folder: Path,
) -> None:
    var_root = var_root_behind_a_closed_folder
    said: list[str] = []
    embedded_database.ensure_running(var_root, say=said.append)
    places = places_for(var_root)
    assert var_root not in places.home.parents
    assert str(places.home) in said[0]
    assert str(places.home) in pointer_for(var_root / "database").read_text()
    assert stat.S_IMODE(places.home.stat().st_mode) == 0o700
    assert stat.S_IMODE(var_root.parents[1].stat().st_mode) == 0o700
    query(var_root, "CREATE TABLE kept AS SELECT 42 AS answer")
    embedded_database.stop(var_root)
    embedded_database.ensure_running(var_root)
    assert query(var_root, "SELECT answer FROM kept") == 42


def test_a_copied_clone_does_not_write_into_the_first_ones_data(
    var_root_behind_a_closed_folder: Path,
) -> None:
    first = var_root_behind_a_closed_folder
    first.mkdir(parents=True)
    note = pointer_for(first / "database")
    note.write_text(f"{first}/database\n{first.parents[1]}\n")
    assert places_for(first).home == first.parents[1]
    copy = first.with_name("var-of-a-copy")
    copy.mkdir()
    pointer_for(copy / "database").write_text(note.read_text())
    assert places_for(copy).home != first.parents[1]
    note.unlink()


def test_the_note_is_whole_at_every_moment_that_others_read_it(
    var_root_behind_a_closed_folder: Path,
) -> None:
    var_root = var_root_behind_a_closed_folder
    var_root.mkdir(parents=True)
    places = places_for(var_root)
    note = pointer_for(var_root / "database")
    done = threading.Event()
    seen: set[str] = set()

    def read() -> None:
        while not done.is_set():
            with suppress(FileNotFoundError):
                seen.add(note.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(1000):
        make_folders(places)
        note.unlink()
    done.set()
    reader.join()
    make_folders(places)
    assert seen == {note.read_text()}


def test_data_of_a_throw_away_clone_go_when_the_clone_is_gone(
    var_root_behind_a_closed_folder: Path,
) -> None:
    gone = var_root_behind_a_closed_folder.with_name("var-of-a-gone-clone")
    embedded_database.ensure_running(gone)
    left_behind = places_for(gone).home
    embedded_database.stop(gone)
    shutil.rmtree(gone)
    embedded_database.ensure_running(var_root_behind_a_closed_folder)
    assert not left_behind.exists()
    assert places_for(var_root_behind_a_closed_folder).home.exists()


def test_programs_that_the_servers_user_cannot_run_are_copied(
    var_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root lends the server another user")
    monkeypatch.setattr(Account, "can_run", lambda self, program: False)
    embedded_database.ensure_running(var_root)
    places = places_for(var_root)
    assert places.programs == places.copied_programs
    assert (places.programs / "postgres").stat().st_uid == NOBODY
    assert query(var_root, "SELECT 1") == 1


def test_a_deep_folder_still_gets_a_socket_path_that_fits(var_root: Path) -> None:
    deep = var_root / ("long-name-" * 8) / "var"
    embedded_database.ensure_running(deep)
    socket = places_for(deep).socket_folder / ".s.PGSQL.5432"
    assert socket.exists()
    assert len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH
    assert query(deep, "SELECT 1") == 1
    embedded_database.stop(deep)
    shutil.rmtree(places_for(deep).socket_folder)
