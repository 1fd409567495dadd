"""`make bench`: one line a goal; ends with 1 when one falls short."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
django.setup()

from django.test import override_settings  # noqa: E402  Django must be set up first.

from benchmarks import guest_journey, payout_run, product_page  # noqa: E402
from benchmarks.goal import Goal  # noqa: E402
from benchmarks.stall import a_stall  # noqa: E402
from creatorhub.config.environment import ensure_database  # noqa: E402
from tests import databases  # noqa: E402

# Django's own test environment would record every rendered template, and charge its cost to us.
SURROUNDINGS = {
    "ALLOWED_HOSTS": ["testserver"],
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
}


def main() -> int:
    ensure_database()
    goals = [*_in_a_database(_a_shop), *_in_a_database(payout_run.measure)]
    sys.stdout.writelines(f"{goal}\n" for goal in goals)
    return 0 if all(goal.is_reached for goal in goals) else 1


def _a_shop() -> list[Goal]:
    listing = a_stall()
    return [*guest_journey.measure(listing), *product_page.measure(listing)]


def _in_a_database(measure: Callable[[], list[Goal]]) -> list[Goal]:
    """Each measure gets an empty market of its own."""
    name = f"test_{os.getpid()}_bench"
    databases.clone(databases.template(), name)
    try:
        with databases.repointed(name), override_settings(**SURROUNDINGS):
            return measure()
    finally:
        databases.drop(name)


if __name__ == "__main__":
    sys.exit(main())
