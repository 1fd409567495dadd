"""Is this what the API takes? Judged by the TypedDicts of stripe-python.

Form fields and query parameters arrive as text, bodies of API v2 as JSON; a number may therefore
be the text of a number. The first problem is told in the API's own words.
"""

from __future__ import annotations

import importlib
import re
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import typing_extensions

from tests.fakestripe.contract.routes import Route
from tests.fakestripe.contract.shapes import UNIONS, Hint, literals_in, origin_of, parts_of, resolve

# Inherited by every params class of API v1: they travel as headers, never as parameters.
OPTIONS = {
    "api_key",
    "content_type",
    "headers",
    "idempotency_key",
    "max_network_retries",
    "stripe_account",
    "stripe_context",
    "stripe_version",
}


def problems_with_request(route: Route, params: Mapping[str, Any]) -> list[str]:
    """What the API would not take, in the order of the parameters."""
    if route.params is None:
        return [f"Received unknown parameter: {name}" for name in params]
    shape = getattr(importlib.import_module(route.params.module), route.params.name)
    return list(_in_mapping(params, shape, ""))


def _in_mapping(value: Mapping[str, Any], shape: type, where: str) -> Iterator[str]:
    hints = _hints_of(shape)
    for name, given in value.items():
        place = f"{where}[{name}]" if where else name
        if name not in hints:
            yield f"Received unknown parameter: {place}"
        else:
            yield from _in_value(given, hints[name], shape.__module__, place)
    for name in hints:
        if name not in value and _is_required(hints[name]):
            yield (
                f"Missing required param: {where}[{name}]."
                if where
                else (f"Missing required param: {name}.")
            )


def _hints_of(shape: type) -> dict[str, Hint]:
    """Read each time, so that a test can change what the package says."""
    found = {name: resolve(hint, shape.__module__) for name, hint in _annotations(shape)}
    return {name: hint for name, hint in found.items() if name not in OPTIONS}


def _annotations(shape: type) -> Iterator[tuple[str, Hint]]:
    yield from getattr(shape, "__annotations__", {}).items()


def _is_required(hint: Hint) -> bool:
    return origin_of(hint) is not typing_extensions.NotRequired


def _in_value(value: Any, hint: Hint, module: str, place: str) -> Iterator[str]:
    hint = resolve(hint, module)
    origin = origin_of(hint)
    if origin is typing_extensions.NotRequired:
        yield from _in_value(value, typing.get_args(hint)[0], module, place)
    elif origin in UNIONS or origin is typing.Literal:
        yield from _in_choice(value, hint, module, place)
    elif origin is list:
        yield from _in_list(value, typing.get_args(hint)[0], module, place)
    elif origin is dict:
        if not isinstance(value, Mapping):
            yield f"Invalid object: {place}"
    elif typing_extensions.is_typeddict(hint):
        if not isinstance(value, Mapping):
            yield f"Invalid object: {place}"
        else:
            yield from _in_mapping(value, hint, place)
    else:
        yield from _in_plain(value, hint, place)


def _in_choice(value: Any, hint: Hint, module: str, place: str) -> Iterator[str]:
    """A union is satisfied by one part. Where words are listed, only these will do: the generated
    types add `str` for words of the future."""
    words = literals_in(hint)
    if words and isinstance(value, str):
        if value not in words:
            yield f"Invalid {place}: must be one of {', '.join(sorted(map(str, words)))}"
        return
    parts = parts_of(hint)
    answers = [list(_in_value(value, part, module, place)) for part in parts]
    if all(answers):
        yield from min(answers, key=len, default=[f"Invalid value: {place}"])


def _in_list(value: Any, part: Hint, module: str, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"Invalid array: {place}"
        return
    for index, item in enumerate(value):
        yield from _in_value(item, part, module, f"{place}[{index}]")


def _in_plain(value: Any, hint: Hint, place: str) -> Iterator[str]:
    if hint is int and not re.fullmatch(r"-?\d+", str(value)):
        yield f"Invalid integer: {place}"
    elif hint is bool and str(value).lower() not in {"true", "false"}:
        yield f"Invalid boolean: {place}"
    elif hint is str and not isinstance(value, str):
        yield f"Invalid string: {place}"
