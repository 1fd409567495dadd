"""Bring the catalogues up to date, or compile them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from creatorhub.foundation.translations import (
    collect,
    compile_language,
    missing,
    write_catalogue,
)

TRANSLATED_LANGUAGES = ["ar"]


class Command(BaseCommand):
    """`translations collect` after changing sentences, `translations compile` before reading."""

    help = "Collect our sentences into locale/, or compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["collect", "compile", "missing"])

    def handle(self, *args: Any, **options: Any) -> None:
        for language in TRANSLATED_LANGUAGES:
            if options["action"] == "collect":
                write_catalogue(language, collect(language))
            if options["action"] == "compile":
                compile_language(language)
            lacking = missing(language)
            self.stdout.write(f"{language}: {len(lacking)} sentences without a translation")
            if options["action"] == "missing":
                self.stdout.write("\n".join(lacking))
