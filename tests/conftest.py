"""What every test stands on: databases, a network that ends at this machine, browsers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.terminal import TerminalReporter
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from creatorhub.config.celery import app
from creatorhub.config.environment import ensure_database
from creatorhub.foundation import clock, policy
from creatorhub.foundation.clock import forget_offset
from creatorhub.foundation.policy import forget_policy
from tests import databases, visitors
from tests.databases import CommittedDatabase
from tests.figures import figures, print_figures
from tests.live_market import LiveMarket, serve
from tests.visitors import Visitor, Visitors

__all__ = ["figures"]

# Playwright's own loop runs in this thread; Django would refuse every query because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    print_figures(terminalreporter)


@pytest.fixture(scope="session")
def template_database(django_db_blocker: Any) -> str:
    ensure_database()
    with django_db_blocker.unblock():
        return databases.template()


@pytest.fixture(scope="session")
def django_db_setup(template_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: a clone of the template instead of a migration of its own."""
    name = f"test_{os.getpid()}"
    databases.clone(template_database, name)
    with databases.repointed(name):
        yield
    databases.drop(name)


@pytest.fixture
def committed_database(
    template_database: str, django_db_blocker: Any
) -> Iterator[CommittedDatabase]:
    """A fresh clone for races and crashes: commits are real, and nothing is flushed.

    (A flush would delete Wagtail's root page, site and locale.)
    """
    name = f"test_{os.getpid()}_committed"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.repointed(name):
        _forget_what_was_read()
        yield CommittedDatabase(name)
    _forget_what_was_read()
    databases.drop(name)


@pytest.fixture(scope="session", autouse=True)
def folders_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test writes into the running market's pictures and goods, or wakes its workers."""
    for alias in ("default", "private"):
        storage = storages[alias]
        assert isinstance(storage, FileSystemStorage)
        # In place, because the models' file fields hold these very objects.
        storage._location = tmp_path_factory.mktemp(alias)
        for remembered in ("base_location", "location"):
            storage.__dict__.pop(remembered, None)
    app.conf.broker_url = "memory://"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process keeps in memory (limits, the clock's offset, sites) starts empty.

    Offset and policy are then kept for the whole test: read again after a second, they are a query
    more on a slow machine, where tests count queries.
    """
    monkeypatch.setattr(clock, "_OFFSET_LIVES_SECONDS", 3600.0)
    monkeypatch.setattr(policy, "_LIVES_SECONDS", 3600.0)
    _forget_what_was_read()


def _forget_what_was_read() -> None:
    cache.clear()
    forget_offset()
    forget_policy()
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()


@pytest.fixture
def live_market(committed_database: CommittedDatabase, tmp_path: Path) -> Iterator[LiveMarket]:
    """A real web server over a committed database; see tests/live_market.py."""
    with serve(committed_database, tmp_path) as market:
        yield market
        connections.close_all()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = visitors.launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def people(live_market: LiveMarket, browser: Browser) -> Iterator[Visitors]:
    """`people.arrive(phone=True, language="ar")` is a new person with a browser.

    At the end nobody may have met a script error, a request to a third party or a violation of
    the content security policy.
    """
    arriving = Visitors(browser=browser, base_url=live_market.url)
    yield arriving
    arriving.leave()
    for visitor in arriving.arrived:
        visitor.must_have_seen_nothing_wrong()


@pytest.fixture
def phone(people: Visitors) -> Visitor:
    """Somebody with a phone, 390 × 844, who reads Arabic."""
    return people.arrive(phone=True, language="ar")


@pytest.fixture
def desktop(people: Visitors) -> Visitor:
    """Somebody at a desk, 1280 × 900, who reads English."""
    return people.arrive(language="en")
