"""`make run` ends here."""

from __future__ import annotations

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from creatorhub.operations.supervisor.log import Log
from creatorhub.operations.supervisor.market import run_market


class Command(BaseCommand):
    help = "Opens the market on this machine: tables, demo shops, web, worker and clock."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--empty", action="store_true", help="open without demo shops")

    def handle(self, *args: Any, **options: Any) -> None:
        # Shells ignore Ctrl-C for what they start in the background; here it must always work.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        log = Log()
        try:
            run_market(wanted_port=options["port"], with_demo=not options["empty"], log=log)
        except KeyboardInterrupt:
            log.step("Stopped", "before the market was open; the next start goes on from here")
