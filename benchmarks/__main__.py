"""`make bench`: one line a goal; ends with 1 when one falls short."""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
django.setup()

from django.test.utils import setup_test_environment  # noqa: E402

from benchmarks import guest_journey  # noqa: E402  Django must be set up first.
from creatorhub.config.environment import ensure_database  # noqa: E402
from tests import databases  # noqa: E402


def main() -> int:
    ensure_database()
    setup_test_environment()
    name = f"test_{os.getpid()}_bench"
    databases.clone(databases.template(), name)
    with databases.repointed(name):
        goals = guest_journey.measure()
    databases.drop(name)
    sys.stdout.writelines(f"{goal}\n" for goal in goals)
    return 0 if all(goal.is_reached for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
