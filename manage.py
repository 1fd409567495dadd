#!/usr/bin/env python
"""The command line. Starts the embedded PostgreSQL when DATABASE_URL names no other."""

import os
import sys

from django.core.management import execute_from_command_line

from creatorhub.config.environment import ensure_database

WITHOUT_DATABASE = {
    "build_assets",
    "collectstatic",
    "findstatic",
    "help",
    "translations",
    "version",
}


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
    if not WITHOUT_DATABASE.intersection(sys.argv[1:2]):
        ensure_database(say)
    execute_from_command_line(sys.argv)
