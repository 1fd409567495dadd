"""`expand[]=payment_intent.latest_charge`: ids replaced by what they name."""

from __future__ import annotations

from typing import Any

from tests.fakestripe.refusals import invalid
from tests.fakestripe.world import Object, World


def expanded(world: World, answer: Object, paths: list[str]) -> Object:
    """A copy of the answer with these paths filled in."""
    for path in paths:
        first, _, rest = path.partition(".")
        answer = answer | {first: _filled(world, answer.get(first, _NOT_THERE), rest, path)}
    return answer


_NOT_THERE = object()


def _filled(world: World, value: Any, rest: str, path: str) -> Any:
    if isinstance(value, list):
        return [_filled(world, item, rest, path) for item in value]
    if isinstance(value, str):
        value = world.objects.get(value, _NOT_THERE)
    if value is _NOT_THERE:
        raise invalid(f"This property cannot be expanded ({path}).", param="expand")
    return expanded(world, value, [rest]) if rest and value is not None else value
