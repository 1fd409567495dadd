"""Which rails this instance has."""

from __future__ import annotations

from creatorhub.payouts.rails.rail import Rail

_rails: dict[str, Rail] = {}


def register_rail(made: Rail) -> None:
    """Make a rail known by its key."""
    _rails[made.key] = made


def rail(key: str) -> Rail | None:
    """The rail of this key; None when the instance does not have it."""
    return _rails.get(key)


def rails() -> list[Rail]:
    """Every rail, in the order they were made known."""
    return list(_rails.values())
