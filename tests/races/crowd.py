"""Many people without a browser, over real connections to a live market."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

PATIENCE_SECONDS = 120
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')

Came = TypeVar("Came")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    location: str = ""

    @property
    def hidden_fields(self) -> dict[str, str]:
        """What a form on this page carries along by itself."""
        return {name: unescape(value) for name, value in FIELD.findall(self.text)}


@dataclass
class Person:
    """Cookies, a home address, and one connection that is kept open."""

    url: str
    address: str = "10.0.0.1"
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    _line: HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, form: dict[str, Any]) -> Answer:
        body = urlencode(form)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return self._ask("POST", path, body, headers)

    def hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(
        self, method: str, path: str, body: str | bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        place = urlsplit(self.url)
        if self._line is None:
            self._line = HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE_SECONDS)
        self._line.request(method, path, body, self._headers() | (headers or {}))
        answer = self._line.getresponse()
        for told in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(told)
        text = answer.read().decode()
        return Answer(answer.status, text, answer.headers.get("Location", ""))

    def _headers(self) -> dict[str, str]:
        carried = "; ".join(f"{name}={crumb.value}" for name, crumb in self.cookies.items())
        return {
            "Cookie": carried,
            "Origin": self.url,
            "Referer": f"{self.url}/",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": self.address,
        }


def people(url: str, count: int) -> list[Person]:
    """Each at an address of their own, as far as limits are concerned."""
    return [Person(url, f"10.{n // 65025}.{n // 255 % 255}.{n % 255}") for n in range(count)]


def all_at_once(lines: int, do: Callable[[Any], Came], crowd: Iterable[Any]) -> list[Came]:
    """Everybody does it, so many at a time; the answers in the order of the crowd."""
    with ThreadPoolExecutor(max_workers=lines) as pool:
        return list(pool.map(do, crowd))
