"""Children that may be killed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.crashes.children import Children


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """One warm parent for all crashes of this process; it forks, nothing of the tests does."""
    hired = Children()
    yield hired
    hired.end()
