"""Everything the far side knows: objects, balances, events, saved answers."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakestripe.refusals import missing

Object = dict[str, Any]
"""An object of the API. Names with an underscore are the fake's own notes and never travel."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How this far side is set up. Fees are taken from the platform, as with separate transfers.

    Of each charge it keeps `fee_bps` and `fee_minor`. It settles in the charge's own currency,
    unless `settles_in` names another (in small letters).
    """

    fee_bps: int = 0
    fee_minor: int = 0
    settles_in: str = ""
    dispute_fee_minor: int = 1500
    livemode: bool = False


@dataclass
class World:
    """The far side's memory. `lock` is held while a request or a control runs."""

    habits: Habits
    address: str = ""
    lock: threading.RLock = field(default_factory=threading.RLock)
    objects: dict[str, Object] = field(default_factory=dict)
    balances: dict[tuple[str, str, str], int] = field(default_factory=dict)
    events: list[Object] = field(default_factory=list)
    travelled: dt.timedelta = dt.timedelta()
    refunds_wait: bool = False
    reversals_are_refused: bool = False
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> int:
        """Unix time here; tests may travel."""
        return int(time.time() + self.travelled.total_seconds())

    def moment(self, seconds: int | None = None) -> str:
        """A time as API v2 writes it."""
        stamp = dt.datetime.fromtimestamp(self.now() if seconds is None else seconds, tz=dt.UTC)
        return stamp.strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def new_id(self, prefix: str) -> str:
        return f"{prefix}_fake{next(self._numbers):06d}"

    def keep(self, made: Object) -> Object:
        self.objects[made["id"]] = made
        return made

    def find(self, kind: str, object_id: str) -> Object:
        """The object of this kind; refused as the API refuses an unknown id."""
        found = self.objects.get(object_id)
        if found is None or found["object"] != kind:
            raise missing(kind.split(".")[-1].replace("_", " "), object_id)
        return found

    def all_of(self, kind: str) -> list[Object]:
        """Newest first, as every list of the API."""
        return [found for found in reversed(self.objects.values()) if found["object"] == kind]
