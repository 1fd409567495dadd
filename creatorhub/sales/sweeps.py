"""Doing a due thing for many rows, where one bad row must not stop the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

Key = TypeVar("Key")


def sweep(what: str, keys: Iterable[Key], act: Callable[[Key], bool]) -> int:
    """How many of `keys` went well. A failure is logged and tried again by the next sweep."""
    return sum(_went_well(what, key, act) for key in keys)


def _went_well(what: str, key: Key, act: Callable[[Key], bool]) -> bool:
    try:
        return act(key)
    except Exception:
        log.exception("could not %s %s, again later", what, key)
        return False
