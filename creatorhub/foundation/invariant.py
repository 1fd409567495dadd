"""What an invariant reports: the row that breaks it, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """One row that must not exist as it is. Read by staff and by the doctor, in English."""

    row: str
    sentence: str
