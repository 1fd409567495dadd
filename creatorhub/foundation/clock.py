"""The market's clock: real time, plus what the sandbox let pass, unless a caller travels."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from creatorhub.foundation.models import ClockOffset

_travelled_to: ContextVar[dt.datetime | None] = ContextVar("travelled_to", default=None)

# Reading the offset costs a query; a second of staleness between workers is harmless.
_OFFSET_LIVES_SECONDS = 1.0
_offset: tuple[float, dt.timedelta] = (float("-inf"), dt.timedelta())


def now() -> dt.datetime:
    """The moment every rule of the market uses, in UTC."""
    travelled = _travelled_to.get()
    if travelled is not None:
        return travelled
    real = dt.datetime.fromtimestamp(time.time(), tz=dt.UTC)
    return real + _sandbox_offset() if settings.SANDBOX else real


def today() -> dt.date:
    """Today's date in UTC."""
    return now().date()


def real_time(moment: dt.datetime) -> dt.datetime:
    """A moment of ours by everybody else's clock: what the sandbox let pass is taken off."""
    return moment - _sandbox_offset() if settings.SANDBOX else moment


def market_time(moment: dt.datetime) -> dt.datetime:
    """A moment that somebody outside named, by our clock: the reverse of `real_time`."""
    return moment + _sandbox_offset() if settings.SANDBOX else moment


def let_time_pass(*, days: int) -> dt.datetime:
    """Sandbox only: move the shared clock forward. Returns the new moment."""
    if not settings.SANDBOX:
        raise RuntimeError("time passes by itself in production")
    if days < 0:
        raise ValueError("time only runs forward")
    row, _ = ClockOffset.objects.get_or_create(id=1)
    row.seconds += days * 86_400
    row.save(update_fields=["seconds"])
    forget_offset()
    return now()


def forget_offset() -> None:
    """Read the shared offset again at the next call (tests, and after moving the clock)."""
    global _offset
    _offset = (float("-inf"), dt.timedelta())


@contextmanager
def travel_to(moment: dt.datetime) -> Iterator[None]:
    """Within the block, now() is `moment`: for the demo market and for tests."""
    token = _travelled_to.set(moment)
    try:
        yield
    finally:
        _travelled_to.reset(token)


def _sandbox_offset() -> dt.timedelta:
    global _offset
    read_at, offset = _offset
    if time.monotonic() - read_at > _OFFSET_LIVES_SECONDS:
        seconds = ClockOffset.objects.filter(id=1).values_list("seconds", flat=True).first()
        offset = dt.timedelta(seconds=seconds or 0)
        _offset = (time.monotonic(), offset)
    return offset
