"""The worker is killed with -9 at random moments: every effect happens once, none is lost."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from creatorhub.foundation.clock import let_time_pass, now
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.services import ATTEMPTS_BEFORE_DEAD
from tests.crashes.effects import INSIDE, OUTSIDE, POISON, TABLES
from tests.crashes.worker import Worker
from tests.databases import CommittedDatabase

PATIENCE_SECONDS = 90
CONTROL_LIVES = 8
A_CLOCK_IS_READ_AGAIN_AFTER_SECONDS = 1.1


def say(topic: str, count: int, *, life: int = 0) -> None:
    moment = now()
    OutboxMessage.objects.bulk_create(
        OutboxMessage(topic=topic, key=f"{topic}:{life}:{n}", created_at=moment, due_at=moment)
        for n in range(count)
    )


def waiting() -> int:
    return OutboxMessage.objects.filter(done_at=None, dead_at=None).count()


def keep_waking(worker: Worker, until: Callable[[], bool]) -> None:
    """By the second, as beat does; a day passes each time, so that what failed comes due again."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    woken_at = 0.0
    while not until():
        worker.must_be_alive()
        assert time.monotonic() < deadline, f"{waiting()} still wait\n{worker.log[-2000:]}"
        if time.monotonic() - woken_at > A_CLOCK_IS_READ_AGAIN_AFTER_SECONDS:
            woken_at = time.monotonic()
            let_time_pass(days=1)
            worker.wake()
        time.sleep(0.01)


def kill_while_it_works(worker: Worker, *, kills: int, chance: random.Random) -> None:
    """Each life of the worker handles some of what waits, and ends in the middle of something."""
    share = waiting() // (kills + 1)
    for _ in range(kills):
        enough = max(waiting() - share, 0)
        worker.start()
        keep_waking(worker, lambda enough=enough: waiting() <= enough)
        time.sleep(chance.random() / 10)
        worker.kill()


def counted(table: str) -> Counter[str]:
    with connection.cursor() as cursor:
        cursor.execute({"effect": "TABLE crash_effect", "call": "TABLE crash_call"}[table])
        return Counter(row[0] for row in cursor.fetchall())


def once_each(topic: str, count: int) -> Counter[str]:
    return Counter({f"{topic}:0:{n}": 1 for n in range(count)})


@pytest.fixture
def workers(
    committed_database: CommittedDatabase, tmp_path: Path
) -> Iterator[Callable[[str], Worker]]:
    started: list[Worker] = []

    def hire(careless: str) -> Worker:
        started.append(Worker(committed_database, tmp_path, careless))
        return started[-1]

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
    yield hire
    for worker in started:
        worker.kill()


@pytest.mark.parametrize(
    ("messages", "kills"), [(100, 3), pytest.param(1000, 25, marks=pytest.mark.long)]
)
def test_every_effect_happens_once(
    workers: Callable[[str], Worker], messages: int, kills: int
) -> None:
    calls = messages // 5
    say(INSIDE, messages - calls)
    say(OUTSIDE, calls)
    say(POISON, 1)
    worker = workers("")

    kill_while_it_works(worker, kills=kills, chance=random.Random(messages))
    worker.start()
    keep_waking(worker, lambda: waiting() == 0)

    assert counted("effect") == once_each(INSIDE, messages - calls)
    assert counted("call") == once_each(OUTSIDE, calls)
    dead = OutboxMessage.objects.get(done_at=None)
    assert (dead.topic, dead.attempts) == (POISON, ATTEMPTS_BEFORE_DEAD)
    assert dead.last_error == "ValueError: this one never works"
    assert worker.log.count(f"outbox message {dead.key} is dead") == 1


@pytest.mark.parametrize("careless", ["effect before mark", "mark before effect"])
def test_a_careless_worker_doubles_or_loses(
    workers: Callable[[str], Worker], careless: str
) -> None:
    """The control: with two transactions instead of one, a kill between them is seen."""
    worker = workers(careless)
    chance = random.Random(careless)
    wrong = 0
    for life in range(CONTROL_LIVES):
        say(INSIDE, 40, life=life)
        kill_while_it_works(worker, kills=1, chance=chance)
        done = set(OutboxMessage.objects.exclude(done_at=None).values_list("key", flat=True))
        happened = counted("effect")
        lost, doubled = len(done - happened.keys()), happened.total() - len(happened)
        wrong = lost if careless == "mark before effect" else doubled
        if wrong:
            break
    assert wrong
