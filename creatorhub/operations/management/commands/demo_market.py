"""Open the demo market in a sandbox that has no shops yet."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from creatorhub.operations.demo_market.open_demo_market import open_demo_market


class Command(BaseCommand):
    """`make run` calls this at every start; only the first one does anything."""

    help = "Open eight demo shops with ninety days of life (sandbox only)."

    def handle(self, *args: Any, **options: Any) -> None:
        opened = open_demo_market()
        self.stdout.write("the demo market is open" if opened else "this market has shops already")
