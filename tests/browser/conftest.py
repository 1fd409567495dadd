"""One market with one of everything, built once for a whole file of pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from playwright.sync_api import Browser

from tests import databases
from tests.architecture.access import Role
from tests.architecture.access.world import World, build_world
from tests.browser.inspection import Inspector
from tests.databases import CommittedDatabase
from tests.live_market import LiveMarket, serve
from tests.visitors import Visitors


@dataclass(frozen=True)
class OpenMarket:
    """The access table's world, and the server that shows it."""

    world: World
    market: LiveMarket


@dataclass(frozen=True)
class Inspectors:
    """Lets inspectors in, each in their own browser."""

    opened: OpenMarket
    people: Visitors

    def arrive(self, role: Role, language: str) -> Inspector:
        """Signed in as that role; Arabic on a phone, English at a desk."""
        visitor = self.people.arrive(phone=language == "ar", language=language)
        if role is not Role.ANONYMOUS:
            session = self.opened.world.client(role).cookies[settings.SESSION_COOKIE_NAME]
            visitor.context.add_cookies(
                [{"name": session.key, "value": session.value, "url": self.people.base_url}]
            )
        return Inspector(visitor, language)


@pytest.fixture(scope="module")
def opened(
    template_database: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenMarket]:
    name = f"test_{os.getpid()}_pages"
    folder = tmp_path_factory.mktemp("pages")
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.repointed(name):
        world = build_world()
        pictures = storages["default"]
        assert isinstance(pictures, FileSystemStorage)
        shutil.copytree(pictures.location, folder / "media")
        with serve(CommittedDatabase(name), folder) as market:
            yield OpenMarket(world, market)
    databases.drop(name)


@pytest.fixture
def inspectors(opened: OpenMarket, browser: Browser) -> Iterator[Inspectors]:
    """At the end nobody may have met a script error, a third party or a policy violation."""
    people = Visitors(browser=browser, base_url=opened.market.url)
    yield Inspectors(opened, people)
    people.leave()
    for visitor in people.arrived:
        visitor.must_have_seen_nothing_wrong()
