"""The market's own worker, which also knows the effects that are counted."""

from __future__ import annotations

from importlib import import_module

import django

from creatorhub.config.celery import app

django.setup()
import_module("tests.crashes.effects").register()

__all__ = ["app"]
