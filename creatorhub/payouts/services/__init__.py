"""The verbs of this room."""

from __future__ import annotations

from creatorhub.payouts.services.payees import close_hold, open_hold, payee_of

__all__ = [
    "close_hold",
    "open_hold",
    "payee_of",
]
