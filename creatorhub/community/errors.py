"""What can be refused here."""

from __future__ import annotations


class AlreadyDecidedError(Exception):
    """Somebody else answered this report in the meantime."""
