"""Processes that race each other."""

from __future__ import annotations

from tests.crashes.conftest import children

__all__ = ["children"]
