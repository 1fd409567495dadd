"""Nonsense in every address, every question and every form is answered, never with our error."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import databases
from tests.architecture.access import Role, Row, Who
from tests.architecture.access.world import World, build_world
from tests.architecture.test_access_table import ROWS

# Each of these broke something once, here or elsewhere; the rest waits for `make test-long`.
SHARP = ("a\x00b", "1" + "0" * 30, "9" * 5000, "1E+999999999", "NaN", "\ud800", "²", "<b>{{7*7}}%s")
BLUNT = (
    *("\x00", "\udcff", "\r\nX-Evil: 1", "\t", " ", "", "\ufeff", "-1", "0", "1.5", "٣"),
    *("9" * 19, "../../etc/passwd", "..%2f..%2f", "%00", "%", "%(x)s", "{0}", "\\", "'\"--", "[]"),
    *("🧨" * 50, "\u202egpj.exe", "a" * 3000, "https://evil.example", "javascript:alert(1)", "{}"),
)
# What pages ask for behind the question mark.
ASKED = (
    *("q", "page", "state", "show", "days", "currency", "variant", "ids", "product", "way", "kind"),
    *("order", "shop", "ticket", "next", "to", "download", "scheme", "brand", "a\x00b"),
)
# What buttons send that are in no form's fields.
PRESSED = (
    *("do", "part", "decision", "confirmed", "policy", "minimum", "key", "lines", "answer"),
    "credential",
)
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"")
NAMES = sorted(name for name in ROWS if name.replace("_", "").replace(":", "").isalnum())
COOKIES = ("session", "csrf", "touches", "oscar_open_basket", "django_language")


@pytest.fixture(scope="module")
def world(template_database: str, django_db_blocker: Any) -> Iterator[World]:
    """Built once for all addresses; every knock is rolled back."""
    name = f"test_{os.getpid()}_malformed"
    databases.clone(template_database, name)
    with django_db_blocker.unblock(), databases.repointed(name):
        yield build_world()
    databases.drop(name)


def spelled(word: str) -> str:
    """As it travels; halves of characters go as the bytes no decoder accepts."""
    return quote_from_bytes(word.encode("utf-8", "surrogatepass"), safe="")


def an_insider(world: World, row: Row) -> Client:
    """Somebody the row lets in, so that the nonsense reaches the code behind the door."""
    inside = (row.get if row.get is not Who.NOBODY else row.post).value
    order = (Role.CREATOR, Role.STAFF, Role.AFFILIATE, Role.ANONYMOUS)
    client = world.client(next(role for role in order if role in inside))
    client.raise_request_exception = False
    return client


def status_of(client: Client, address: str, body: str | None = None) -> int:
    """The status, after the answer was read whole. The market is as before afterwards."""
    block = transaction.atomic()
    block._from_testcase = True  # Use cases are durable; inside a test this block is the outside.
    with block:
        if body is None:
            answer: HttpResponseBase = client.get(address)
        else:
            answer = client.post(address, body, "application/x-www-form-urlencoded")
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer.status_code


def knocks(client: Client, name: str, args: list[str], row: Row, words: Iterable[str]) -> list[str]:
    """Every way this address breaks with these words."""
    good = reverse(name, args=args)
    fields = {*PRESSED, *(field for field, _ in row.data)}
    if row.post is not Who.NOBODY and row.get is not Who.NOBODY:
        fields |= set(FIELD.findall(client.get(good).content.decode(errors="replace")))
    broken = []
    for word in words:
        bad = spelled(word)
        tries: list[tuple[str, str | None]] = []
        for arg in args:
            before, _, after = good.rpartition(spelled(arg))
            tries.append((before + bad + after, None))
        if row.get is not Who.NOBODY:
            tries.append((f"{good}?" + "&".join(f"{spelled(one)}={bad}" for one in ASKED), None))
            tries.append((f"{good}?" + "&".join(f"{one}={bad}" for one in ASKED[:-1]), None))
        if row.post is not Who.NOBODY:
            tries.append((good, "&".join(f"{one}={bad}" for one in fields)))
        broken += [
            f"{'GET' if body is None else 'POST'} {address[:90]} with {word[:20]!r}"
            for address, body in tries
            if status_of(client, address, body) >= 500
        ]
    return broken


@pytest.mark.parametrize("name", NAMES)
def test_sharp_nonsense_is_answered(name: str, world: World) -> None:
    row = ROWS[name]
    args = list(map(world.argument, row.args))
    assert knocks(an_insider(world, row), name, args, row, SHARP) == []


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_blunt_nonsense_is_answered(name: str, world: World) -> None:
    row = ROWS[name]
    args = list(map(world.argument, row.args))
    assert knocks(an_insider(world, row), name, args, row, BLUNT) == []


@pytest.mark.parametrize("cookie", COOKIES)
def test_cookies_of_nonsense_are_no_cookies(cookie: str, world: World) -> None:
    client = Client(raise_request_exception=False)
    for word in ("a\x00bcdefghij", "9" * 5000, "²", "a" * 3000, "1.x.y*z"):
        client.cookies[cookie] = word
        for address in ("/en/", "/en/basket/", "/en/studio/"):
            assert status_of(client, address) < 500, (cookie, word[:20], address)


def test_other_methods_are_refused_and_not_run(world: World) -> None:
    client = Client(raise_request_exception=False)
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "EVIL"):
        for address in ("/en/", "/en/basket/add/", "/webhooks/sandbox/", "/livez", "/s/0000000000"):
            assert client.generic(method, address).status_code < 500, (method, address)


def test_without_the_guard_the_same_knocks_find_breaks(world: World, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "impossible" not in name]
    row = ROWS["social_share:link"]
    args = list(map(world.argument, row.args))
    client = Client(raise_request_exception=False)
    assert knocks(client, "social_share:link", args, row, SHARP) != []
