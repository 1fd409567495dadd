"""A copy of the house where one line can be broken without touching the real one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from creatorhub.config.environment import environment
from tests.breaks.table import Break

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("creatorhub", "tests")
LINKED = ("assets", "locale", "templates", "manage.py", "pyproject.toml", ".env")

QUIETLY = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--tb=no")
ALL_PASSED, SOME_FAILED = 0, 1


@dataclass(frozen=True)
class Verdict:
    """What pytest said: its exit code and its last words."""

    code: int
    output: str

    @property
    def is_noticed(self) -> bool:
        """Tests ran and failed; a house that cannot even be imported proves nothing."""
        return self.code == SOME_FAILED and " failed" in self.output

    @property
    def is_sound(self) -> bool:
        return self.code == ALL_PASSED


@contextmanager
def workshop() -> Iterator[Path]:
    """The copy; it uses the same database server, and databases of its own."""
    with TemporaryDirectory(prefix="breaks-") as folder:
        place = Path(folder)
        for name in COPIED:
            shutil.copytree(
                ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__", "breaks")
            )
        for name in LINKED:
            if (ROOT / name).exists():
                (place / name).symlink_to(ROOT / name)
        yield place


@contextmanager
def broken(place: Path, one: Break) -> Iterator[None]:
    """The copy with one line broken."""
    path = place / one.path
    sound = path.read_text()
    path.write_text(sound.replace(one.find, one.replace))
    try:
        yield
    finally:
        path.write_text(sound)


def judge(place: Path, tests: Iterable[str]) -> Verdict:
    """Run these test files in the copy, stopping at the first failure."""
    said = subprocess.run(
        [sys.executable, "-m", "pytest", *QUIETLY, *tests],
        cwd=place,
        env={**os.environ, "VAR_ROOT": str(environment.var_root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Verdict(said.returncode, said.stdout + said.stderr)
