"""Who answers what: the one place where rooms are introduced to each other by name."""

from __future__ import annotations


def fill() -> None:
    """Called once when Django is ready."""
