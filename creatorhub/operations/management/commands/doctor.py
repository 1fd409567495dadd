"""`manage.py doctor`: everything that must be true, and every row for which it is not."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from creatorhub.operations.services.check_invariants import lines_of, look_at_invariants


class Command(BaseCommand):
    help = "Check every invariant of the market; the exit code is 1 when one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = look_at_invariants()
        for line in lines_of(findings):
            self.stdout.write(line)
        broken = [finding for finding in findings if not finding.is_ok]
        self.stdout.write(f"{len(findings) - len(broken)} of {len(findings)} hold")
        if broken:
            sys.exit(1)
