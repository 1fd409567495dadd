"""Idempotency keys: the same key again gets the saved answer, without doing anything.

Stripe, API v1: the status and body of the first request are saved "regardless of whether it
succeeds or fails", also a 500. API v2 runs a failed request again. Keys may be pruned after a day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from tests.fakestripe.refusals import key_used_differently


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back: a status and a JSON body."""

    status: int
    body: dict[str, Any]
    is_replayed: bool = False


@dataclass
class SavedAnswers:
    """Answers by account and key."""

    saved: dict[tuple[str, str], tuple[str, Answer]] = field(default_factory=dict)

    def find(self, *, key: str, account: str, request: str) -> Answer | None:
        """The saved answer; refused when the key was used for something else."""
        known = self.saved.get((account, key))
        if known is None:
            return None
        first_request, answer = known
        if first_request != request:
            raise key_used_differently()
        return Answer(answer.status, answer.body, is_replayed=True)

    def keep(self, *, key: str, account: str, request: str, answer: Answer) -> None:
        self.saved[account, key] = (request, answer)

    def prune(self) -> None:
        self.saved.clear()


def fingerprint(method: str, path: str, params: dict[str, Any]) -> str:
    """What must be the same when a key comes again."""
    return json.dumps([method, path, params], sort_keys=True)
