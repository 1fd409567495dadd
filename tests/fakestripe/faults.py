"""What goes wrong on the way, when a test asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """ "After" faults happen when the work is done and its answer saved under the key."""

    ERROR = "500, nothing was done"
    ERROR_AFTER = "500, but it was done"
    UNAVAILABLE = "503, nothing was done or saved"
    DROPPED = "the connection closes, nothing was done"
    DROPPED_AFTER = "the connection closes, but it was done"
    SILENT = "no answer for longer than anybody waits, nothing was done"
    SILENT_AFTER = "no answer for longer than anybody waits, but it was done"
    TOO_MANY = "429"
    KEY_IN_USE = "409, another request with this key is running"

    @property
    def is_after(self) -> bool:
        return self in {Fault.ERROR_AFTER, Fault.DROPPED_AFTER, Fault.SILENT_AFTER}


@dataclass
class Faults:
    """Faults waiting for their request, in the order they were asked for."""

    waiting: list[tuple[str, str, Fault]] = field(default_factory=list)

    def expect(self, fault: Fault, *, method: str, path: str, times: int) -> None:
        self.waiting += [(method, path, fault)] * times

    def next_for(self, method: str, path: str) -> Fault | None:
        """The fault meant for this request, if any; it happens once."""
        for wanted in self.waiting:
            wanted_method, wanted_path, fault = wanted
            if wanted_method in ("", method) and path.startswith(wanted_path):
                self.waiting.remove(wanted)
                return fault
        return None
