"""How an endpoint is written down, and how lists are cut into pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakestripe.contract.routes import Route, routes
from tests.fakestripe.world import Object, World


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read and judged. `ids` are the ids in its address, in order."""

    world: World
    params: dict[str, Any]
    ids: tuple[str, ...] = ()
    account: str = ""

    @property
    def id(self) -> str:
        return self.ids[0]

    def text(self, name: str) -> str:
        return str(self.params.get(name, ""))

    @property
    def metadata(self) -> dict[str, str]:
        return dict(self.params.get("metadata") or {})


Endpoint = Callable[[Call], Object]

ENDPOINTS: dict[tuple[str, str], tuple[Route, Endpoint]] = {}


def endpoint(method: str, path: str) -> Callable[[Endpoint], Endpoint]:
    """Emulate a route; KeyError when stripe-python knows no such route."""
    route = routes()[method, path]

    def register(function: Endpoint) -> Endpoint:
        ENDPOINTS[method, path] = (route, function)
        return function

    return register


def page_of(call: Call, rows: list[Object], url: str) -> Object:
    """A page of a list, newest first: `limit` rows after `starting_after`."""
    start = call.text("starting_after")
    if start:
        ids = [row["id"] for row in rows]
        rows = rows[ids.index(start) + 1 :]
    limit = int(call.params.get("limit", 10))
    return {
        "object": "list",
        "data": rows[:limit],
        "has_more": len(rows) > limit,
        "url": url,
    }
