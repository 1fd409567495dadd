"""Counting tries in PostgreSQL, so that all workers agree."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils.crypto import salted_hmac

from creatorhub.foundation.clock import now
from creatorhub.foundation.models import ThrottleCount

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

COUNT_ONE_MORE = """
INSERT INTO foundation_throttlecount (key, window_starts_at, count) VALUES (%s, %s, 1)
ON CONFLICT (key, window_starts_at)
DO UPDATE SET count = foundation_throttlecount.count + 1
RETURNING count
"""


def is_allowed(*, key: str, limit: int, seconds: int) -> bool:
    """Count this try and say whether it is within `limit` per window of `seconds`.

    `key` reads "purpose:who"; who (an address, an e-mail) is kept only as a keyed hash. Call it
    outside a transaction that may roll back, or the try is forgotten. A database failure raises:
    the limit closes rather than opens.
    """
    moment = now()
    window = EPOCH + ((moment - EPOCH) // dt.timedelta(seconds=seconds)) * dt.timedelta(
        seconds=seconds
    )
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE_MORE, [_private(key), window])
        row = cursor.fetchone()
    return bool(row) and row[0] <= limit


def forget_old_windows(*, older_than: dt.timedelta = dt.timedelta(days=2)) -> int:
    """Delete counters nobody needs any more; returns how many."""
    deleted, _ = ThrottleCount.objects.filter(window_starts_at__lt=now() - older_than).delete()
    return deleted


def _private(key: str) -> str:
    purpose, _, who = key.partition(":")
    hashed = salted_hmac("creatorhub.throttle", who, algorithm="sha256").hexdigest()
    return f"{purpose[:60]}:{hashed}"
