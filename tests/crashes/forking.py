"""The warm parent's work. A line of standard input is a list of jobs that start at the same
moment; the answer is a line with what became of each. The end of the input ends the process.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import traceback
from importlib import import_module
from typing import Any

from django.db import connection, connections

from creatorhub.foundation.clock import forget_offset, travel_to
from tests.crashes.killing import Moments, count_in_this_process

# What the first job would otherwise import, in every child anew.
WARM = ("creatorhub.config.urls", "creatorhub.config.celery", "tests.crashes.stories")


def serve() -> None:
    for name in WARM:
        import_module(name)
    connections.close_all()  # A child must not speak on its parent's connection.
    _say("ready")
    for line in sys.stdin:
        _say(json.dumps(run(json.loads(line))))


def run(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Fork a child for each job, let all go at once, and wait for the last."""
    ready_read, ready_write = os.pipe()
    go_read, go_write = os.pipe()
    started = []
    for job in jobs:
        answer_read, answer_write = os.pipe()
        child = os.fork()
        if not child:
            os.close(go_write)
            _be_a_child(job, ready_write, go_read, answer_write)
        os.close(answer_write)
        started.append((child, answer_read))
    os.close(ready_write)
    for _ in jobs:
        os.read(ready_read, 1)
    for descriptor in (go_write, go_read, ready_read):
        os.close(descriptor)
    return [_wait_for(*one) for one in started]


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _wait_for(child: int, answer: int) -> dict[str, Any]:
    with os.fdopen(answer) as reading:
        told = reading.read()
    _, status = os.waitpid(child, 0)
    return {"status": status} | (json.loads(told) if told else {})


def _be_a_child(job: dict[str, Any], ready: int, go: int, answer: int) -> None:
    told: dict[str, Any] = {}
    try:
        told = _work(job, ready, go)
    except BaseException:  # noqa: BLE001  The test judges; a child must end here, whatever happens.
        told = {"error": traceback.format_exc()}
    finally:
        os.write(answer, json.dumps(told, default=str).encode())
        os._exit(1 if "error" in told else 0)


def _work(job: dict[str, Any], ready: int, go: int) -> dict[str, Any]:
    module, _, name = job["work"].partition(":")
    work = getattr(import_module(module), name)
    moments = Moments(dies_at=job.get("dies_at"))
    connection.settings_dict["NAME"] = job["database"]
    connection.ensure_connection()
    forget_offset()
    os.write(ready, b".")
    os.read(go, 1)
    count_in_this_process(moments)
    with travel_to(dt.datetime.fromisoformat(job["at"])):
        answer = work(**job["about"])
    return {"moments": moments.seen, "answer": answer}
