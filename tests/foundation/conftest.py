from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from creatorhub.foundation import embedded_database
from creatorhub.foundation.embedded_database.places import places_for


def _clean_up(var_root: Path) -> None:
    places = places_for(var_root)
    embedded_database.stop(var_root)
    for folder in (places.home, places.socket_folder, var_root):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def var_root() -> Iterator[Path]:
    """A folder that everybody may pass, as a clone in /srv or a home folder is."""
    folder = Path(tempfile.mkdtemp(prefix="market-"))
    folder.chmod(0o755)
    yield folder / "var"
    _clean_up(folder / "var")
    shutil.rmtree(folder)


@pytest.fixture
def var_root_behind_a_closed_folder() -> Iterator[Path]:
    """A folder below one that only its owner, root, may pass."""
    if os.geteuid() != 0:
        pytest.skip("only root lends the server another user")
    folder = Path(tempfile.mkdtemp(prefix="closed-"))
    folder.chmod(0o700)
    yield folder / "project" / "var"
    _clean_up(folder / "project" / "var")
    shutil.rmtree(folder)
