"""`make bench`: one line a goal; ends with 1 when one falls short."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
django.setup()

from benchmarks import accrual, guest_journey, payout_run, product_page  # noqa: E402
from benchmarks.goal import Goal  # noqa: E402
from benchmarks.market import empty_market, inside  # noqa: E402
from benchmarks.stall import a_stall  # noqa: E402
from creatorhub.config.environment import ensure_database  # noqa: E402
from creatorhub.shops.models import Listing  # noqa: E402


def main(wanted: list[str]) -> int:
    ensure_database()
    goals = [goal for name in wanted or MEASURES for goal in MEASURES[name]()]
    sys.stdout.writelines(f"{goal}\n" for goal in goals)
    return 0 if all(goal.is_reached for goal in goals) else 1


def _in_a_shop(measure: Callable[[Listing], list[Goal]]) -> list[Goal]:
    with empty_market() as name, inside(name):
        return measure(a_stall())


def _among_many() -> list[Goal]:
    with empty_market() as name, inside(name):
        return payout_run.measure()


# By the name of the goal; make bench GOALS="P8 P9" asks for some.
MEASURES: dict[str, Callable[[], list[Goal]]] = {
    "P5": lambda: _in_a_shop(product_page.measure),
    "P7": _among_many,
    "P8": lambda: _in_a_shop(guest_journey.measure),
    "P9": accrual.measure,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
