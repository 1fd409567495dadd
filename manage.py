#!/usr/bin/env python
"""The command line. Starts the embedded PostgreSQL when DATABASE_URL names no other."""

import os
import sys

from django.core.management import execute_from_command_line

from creatorhub.config.environment import environment
from creatorhub.foundation import embedded_database

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "creatorhub.config.settings")
    if not environment.database_url:
        embedded_database.ensure_running(environment.var_root)
    execute_from_command_line(sys.argv)
