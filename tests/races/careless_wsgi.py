"""The market's own web process, with one guard taken out; CARELESS names it. For controls only."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

from creatorhub.config.wsgi import application


def stock() -> None:
    """Oscar's own way of holding stock."""
    ours = import_module("creatorhub.sales.oscar")
    ours.hold_all = import_module("tests.races.test_last_items").oscars_own  # type: ignore[attr-defined]


def lock() -> None:
    """The attempt is read without waiting for whoever is recording its sale."""
    module: Any = import_module("creatorhub.sales.services.complete_attempt")

    class Unlocked(module.PaymentAttempt):  # type: ignore[misc,name-defined]
        class Meta:
            proxy = True
            app_label = "payments"

    manager = Unlocked.objects
    manager.select_for_update = manager.all
    module.PaymentAttempt = Unlocked


{"stock": stock, "lock": lock}[os.environ["CARELESS"]]()

__all__ = ["application"]
