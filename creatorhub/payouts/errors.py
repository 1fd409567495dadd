"""What can go wrong when paying people."""

from __future__ import annotations


class RailMissingError(LookupError):
    """A payout whose rail this instance no longer has."""


class NotOpenThereError(LookupError):
    """A rail that is not open to the payee's country."""


class ThresholdTooLowError(ValueError):
    """A payee's threshold below the policy's minimum; names the currency."""


class BatchMovedOnError(ValueError):
    """A batch that a colleague moved on already; names its state."""


class SamePersonError(ValueError):
    """Whoever drafted or prepared a batch cannot approve it."""


class BatchChangedError(ValueError):
    """The file is not the one that was prepared."""


class BatchHeldError(ValueError):
    """Somebody in a batch must not be paid now; names the reason code."""


class PayoutSettledError(ValueError):
    """A payout of a batch that was settled already, or is not at the bank."""
