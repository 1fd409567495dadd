"""Migrations are written, in one line, and safe to run while the old code still serves."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from creatorhub.config.environment import PROJECT_ROOT


def our_labels() -> list[str]:
    return sorted(c.label for c in apps.get_app_configs() if c.name.startswith("creatorhub."))


@pytest.mark.django_db
def test_no_model_has_changed_without_a_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", *our_labels(), check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.parametrize("label", our_labels())
def test_each_room_has_one_line_of_migrations(label: str) -> None:
    graph = MigrationLoader(None).graph
    assert len(graph.leaf_nodes(label)) <= 1
    ours = [node for node in graph.nodes if node[0] == label]
    for node in ours:
        followers = [c.key for c in graph.node_map[node].children if c.key[0] == label]
        assert len(followers) <= 1, f"{node} is followed by {followers}"


# A longer varchar is a change of PostgreSQL's catalogue alone; older code writes shorter words.
WIDENED = ["0003_holds_with_words"]


@pytest.mark.django_db
def test_migrations_pass_the_linter() -> None:
    connection.ensure_connection()
    linter = MigrationLinter(
        path=str(PROJECT_ROOT),
        include_apps=our_labels(),
        # Nobody runs a first migration beside older code: its tables are new.
        ignore_initial_migrations=True,
        ignore_name=WIDENED,
        ignore_sqlmigrate_errors=False,
        no_cache=True,
        no_output=True,
    )
    linter.lint_all_migrations()
    assert linter.nb_total > 0
    assert not linter.has_errors
