"""Make the font files that pages ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from creatorhub.foundation.assets_build.fonts import SUBSETS, build_fonts


class Command(BaseCommand):
    help = "Builds var/built/fonts from the Cairo wheel. Skips what is already there."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="build even what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.STATICFILES_DIRS[-1]) / "fonts"
        if not options["force"] and all((target / each.filename).exists() for each in SUBSETS):
            self.stdout.write("Fonts are up to date.")
            return
        for path in build_fonts(target):
            self.stdout.write(f"{path.name} {path.stat().st_size / 1024:.1f} KB")
