"""Where Chromium is missing the browser tests say so; in CI that is a failure."""

from __future__ import annotations

import shutil
from typing import cast

import pytest
from playwright.sync_api import Playwright

from tests.visitors import launch

NO_PLAYWRIGHT = cast(Playwright, None)


@pytest.fixture(autouse=True)
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


def test_at_home_they_are_skipped_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        launch(NO_PLAYWRIGHT)


def test_in_ci_they_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        launch(NO_PLAYWRIGHT)
