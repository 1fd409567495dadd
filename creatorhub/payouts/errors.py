"""What can go wrong when paying people."""

from __future__ import annotations


class RailMissingError(LookupError):
    """A payout whose rail this instance no longer has."""
