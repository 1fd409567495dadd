"""What the book refuses."""

from __future__ import annotations


class LedgerError(ValueError):
    """An entry that must not be written."""


class UnknownAccountError(LedgerError):
    """A name the chart does not have, or an owner where none belongs (or none where one does)."""


class UnbalancedEntryError(LedgerError):
    """Debits and credits differ, or the entry has fewer than two lines."""


class MixedCurrencyError(LedgerError):
    """One entry moves money of one currency only."""


class KeyReusedError(LedgerError):
    """An idempotency key that already names another fact."""
