"""Is this what the API answers? Judged by the resource classes of stripe-python.

The fake must not make up a field, leave out one that is always there, or put the wrong kind of
value into it: a gateway that works against such a fake would prove nothing.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping
from typing import Any

from stripe import StripeObject

from tests.fakestripe.contract.routes import Route
from tests.fakestripe.contract.shapes import (
    UNIONS,
    Hint,
    fields_of,
    is_optional,
    literals_in,
    origin_of,
    parts_of,
    resolve,
)

PLAIN = (bool, int, str, float)


def problems_with_answer(route: Route, answer: Mapping[str, Any]) -> list[str]:
    """What the API would never answer here."""
    return list(_in_value(answer, route.answer, route.service, ""))


def problems_with_object(shape: type, value: Mapping[str, Any]) -> list[str]:
    """What is wrong with an object on its own, as it travels in an event."""
    return list(_in_object(value, shape, (), shape.__name__))


def _in_value(value: Any, hint: Hint, module: str, place: str) -> Iterator[str]:
    hint = resolve(hint, module)
    origin = origin_of(hint)
    if hint is Any or isinstance(hint, typing.TypeVar):
        return
    if origin in UNIONS or origin is typing.Literal:
        yield from _in_choice(value, hint, module, place)
    elif origin is list:
        yield from _in_list(value, typing.get_args(hint)[0], module, place)
    elif origin is dict or _is_untyped(hint):
        if not isinstance(value, Mapping):
            yield f"{place}: {value!r} is no mapping"
    elif isinstance(origin or hint, type) and issubclass(origin or hint, StripeObject):
        yield from _in_object(value, origin or hint, typing.get_args(hint), place, module)
    elif hint in PLAIN and (
        not isinstance(value, hint) or isinstance(value, bool) != (hint is bool)
    ):
        yield f"{place}: {value!r} is no {hint.__name__}"


def _is_untyped(hint: Hint) -> bool:
    return getattr(origin_of(hint) or hint, "__name__", "") == "UntypedStripeObject"


def _in_object(
    value: Any, shape: type, arguments: tuple[Hint, ...], place: str, module: str = ""
) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{place}: {value!r} is no {shape.__name__}"
        return
    fields = fields_of(shape)
    for name in value.keys() - fields.keys() - {"object"}:
        yield f"{place}.{name} does not exist in {shape.__name__}"
    for name, hint in fields.items():
        here = f"{place}.{name}"
        if name in value:
            filled, home = _filled(hint, arguments, shape.__module__, module)
            yield from _in_value(value[name], filled, home, here)
        elif name != "OBJECT_NAME" and not is_optional(resolve(hint, shape.__module__)):
            yield f"{here} is always there, and missing"


def _filled(
    hint: Hint, arguments: tuple[Hint, ...], own_module: str, module: str
) -> tuple[Hint, str]:
    """`data: List[T]` of a list with its T put in, and the module that knows T's name."""
    hint = resolve(hint, own_module)
    if arguments and origin_of(hint) is list:
        return list[arguments[0]], module  # type: ignore[valid-type]  # a hint made at runtime
    return hint, own_module


def _in_choice(value: Any, hint: Hint, module: str, place: str) -> Iterator[str]:
    if value is None:
        if not is_optional(hint):
            yield f"{place} is null, and never is"
        return
    words = literals_in(hint)
    if words and isinstance(value, str):
        if value not in words:
            yield f"{place}: {value!r} is not one of {sorted(map(str, words))}"
        return
    parts = parts_of(hint)
    answers = [list(_in_value(value, part, module, place)) for part in parts]
    if all(answers):
        yield from min(answers, key=len, default=[f"{place}: {value!r} is none of the words"])


def _in_list(value: Any, part: Hint, module: str, place: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{place}: {value!r} is no list"
        return
    for index, item in enumerate(value):
        yield from _in_value(item, part, module, f"{place}[{index}]")
