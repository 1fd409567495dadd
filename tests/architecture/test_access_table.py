"""Every address × every role, as the access table declares it."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import databases
from tests.architecture import access
from tests.architecture.access import Role, Row, Who
from tests.architecture.access.world import World, build_world

# Wagtail's editor has some two hundred addresses of its own; they are swept in one test below.
EDITOR = "cms/"


def declared_rows() -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for module in pkgutil.iter_modules(access.__path__):
        found = importlib.import_module(f"{access.__name__}.{module.name}")
        rows.update(getattr(found, "ROWS", {}))
    return rows


def mounted_names(
    resolver: URLResolver | None = None, namespace: str = "", prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """(full name, route) of every pattern, the editor's own left out."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = namespace + (f"{entry.namespace}:" if entry.namespace else "")
            yield from mounted_names(entry, inside, route)
        elif isinstance(entry, URLPattern) and not is_the_editors_own(entry, route):
            yield f"{namespace}{entry.name}" if entry.name else route, route


def is_the_editors_own(entry: URLPattern, route: str) -> bool:
    """Everything below the editor's prefix but our own way to sign in, which has no name."""
    return route.startswith(EDITOR) and (entry.name is not None or "login" not in route)


ROWS = declared_rows()


@pytest.fixture(scope="module")
def world(template_database: str, django_db_blocker: Any) -> Iterator[World]:
    """Built once for the whole table; every knock is rolled back."""
    name = f"test_{os.getpid()}_access"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.repointed(name):
        yield build_world()
    databases.drop(name)


def test_every_address_has_a_row() -> None:
    lacking = sorted({f"{name} ({route})" for name, route in mounted_names() if name not in ROWS})
    assert lacking == []


def test_every_row_has_an_address() -> None:
    names = {name for name, _ in mounted_names()}
    assert sorted(set(ROWS) - names) == []


@pytest.mark.parametrize("name", sorted(ROWS))
def test_answers_only_whom_the_table_names(name: str, world: World) -> None:
    row = ROWS[name]
    is_plain_route = not name.replace("_", "").replace(":", "").isalnum()
    address = (
        f"/{name}" if is_plain_route else reverse(name, args=list(map(world.argument, row.args)))
    )
    wrong = [
        f"{method} by {role.value}: {complaint}"
        for role in Role
        for method, who in (("GET", row.get), ("POST", row.post))
        if (complaint := complaint_about(world.client(role), method, address, role, who, row))
    ]
    assert wrong == []


def complaint_about(
    client: Client, method: str, address: str, role: Role, who: Who, row: Row
) -> str:
    """What is wrong with the answer, or nothing. The market is as before afterwards."""
    block = transaction.atomic()
    block._from_testcase = True  # Use cases are durable; inside a test this block is the outside.
    with block:
        send = client.get if method == "GET" else client.post
        answer = send(address, dict(row.data) if method == "POST" else {})
        transaction.set_rollback(True)
    status, target = answer.status_code, answer.headers.get("Location", "")
    to_sign_in = status == 302 and "/account/" in target
    if role in who.value:
        is_entrance = "/account/" in address or address.endswith("/login/")
        answered = status in row.answers and (is_entrance or not to_sign_in)
        return "" if answered else f"{status} {target}"
    if role is Role.ANONYMOUS:
        return "" if to_sign_in or status in {403, 404, 405} else f"let in with {status} {target}"
    return "" if status in {403, 404, 405} else f"let in with {status} {target}"


def test_the_editor_opens_for_nobody_without_a_shop(world: World) -> None:
    for role in (Role.ANONYMOUS, Role.BUYER, Role.AFFILIATE):
        answer = world.client(role).get("/cms/")
        assert answer.status_code == 302, role


def test_the_table_can_fail(world: World) -> None:
    """A row that promises the public a staff page is contradicted by the market."""
    row = Row(get=Who.EVERYONE)
    complaint = complaint_about(Client(), "GET", "/en/studio/", Role.ANONYMOUS, row.get, row)
    assert complaint
