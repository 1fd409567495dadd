"""`make stop` ends the markets of this folder and touches nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from creatorhub.config.environment import PROJECT_ROOT
from creatorhub.operations.supervisor.running import noted_as_running, stop_running

RUNS_UNTIL_ASKED = """
import signal, sys
from pathlib import Path
from creatorhub.operations.supervisor.running import noted_as_running
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
with noted_as_running(Path(sys.argv[1])):
    print("open", flush=True)
    signal.pause()
"""


def running_market(var_root: Path) -> subprocess.Popen[str]:
    market = subprocess.Popen(
        [sys.executable, "-c", RUNS_UNTIL_ASKED, str(var_root)],
        cwd=PROJECT_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert market.stdout is not None
    assert market.stdout.readline() == "open\n"
    return market


def test_all_markets_of_the_folder_end(tmp_path: Path) -> None:
    markets = [running_market(tmp_path), running_market(tmp_path)]
    assert stop_running(tmp_path) == 2
    assert [market.communicate(timeout=10) and market.returncode for market in markets] == [0, 0]
    assert stop_running(tmp_path) == 0


def test_a_killed_markets_number_is_never_signalled(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    note = tmp_path / "running" / str(stranger.pid)
    note.parent.mkdir()
    note.touch()
    assert stop_running(tmp_path) == 0
    assert stranger.poll() is None
    assert not note.exists()
    stranger.kill()
    stranger.wait()


def test_a_market_that_ended_by_itself_leaves_no_note(tmp_path: Path) -> None:
    with noted_as_running(tmp_path):
        assert (tmp_path / "running" / str(os.getpid())).exists()
    assert list((tmp_path / "running").iterdir()) == []
