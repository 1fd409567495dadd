"""Empty markets to measure in: databases cloned from the tests' template, then thrown away."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.test import override_settings

from tests import databases

# Django's own test environment would record every rendered template, and charge its cost to us.
SURROUNDINGS = {
    "ALLOWED_HOSTS": ["testserver"],
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
}


@contextmanager
def empty_market(which: str = "bench") -> Iterator[str]:
    """The name of a database of one's own; several at once need names apart."""
    name = f"test_{os.getpid()}_{which}"
    databases.clone(databases.template(), name)
    try:
        yield name
    finally:
        databases.drop(name)


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Django's connections lead to this market."""
    with databases.repointed(name), override_settings(**SURROUNDINGS):
        yield
