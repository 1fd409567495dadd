"""Between bytes and parameters: forms with brackets, queries, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl


def parameters(*, path: str, method: str, query: str, body: bytes) -> dict[str, Any]:
    """What was asked, as nested mappings and lists; a form's leaves are text."""
    if path.startswith("/v2/") and method == "POST":
        return dict(json.loads(body or b"{}"))
    text = query if method == "GET" else body.decode()
    return _unflattened(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)))


def public(value: Any) -> Any:
    """A copy without the fake's own notes: names that start with an underscore."""
    if isinstance(value, Mapping):
        return {name: public(inner) for name, inner in value.items() if not name.startswith("_")}
    return [public(item) for item in value] if isinstance(value, list) else value


def _unflattened(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`line_items[0][price_data][currency]=usd` as the mapping it means."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        first, *rest = [name.split("[")[0], *re.findall(r"\[([^\]]*)\]", name)]
        place, key = root, first
        for following in rest:
            place = place.setdefault(key, {})
            key = following or str(len(place))
        place[key] = value
    return {name: _lists(value) for name, value in root.items()}


def _lists(value: Any) -> Any:
    """Mappings with the keys 0, 1, 2 … are lists."""
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(item) for key, item in value.items()}
    return list(inner.values()) if inner and all(key.isdecimal() for key in inner) else inner
