"""An effect happens once, at or after its time, and waits for a person when it never works."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from creatorhub.foundation.clock import now, travel_to
from creatorhub.foundation.models import ThrottleCount
from creatorhub.outbox import registry
from creatorhub.outbox.models import OutboxMessage
from creatorhub.outbox.registry import UnknownTopicError, handler_for
from creatorhub.outbox.services import ATTEMPTS_BEFORE_DEAD, LEASE, deliver_due, enqueue, revive
from creatorhub.outbox.tasks import deliver_due_messages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_topics(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    monkeypatch.setattr(registry, "_outbound", set(registry._outbound))


@pytest.fixture
def told() -> list[str]:
    heard: list[str] = []
    registry.register_handler("note", lambda message: heard.append(message.key))
    return heard


def leave_a_trace(message: OutboxMessage) -> None:
    """An effect in the database, in whichever transaction is open."""
    ThrottleCount.objects.create(key=message.key, window_starts_at=now(), count=1)


def trace_then_fail(message: OutboxMessage) -> None:
    leave_a_trace(message)
    raise RuntimeError("no")


def the_message() -> OutboxMessage:
    return OutboxMessage.objects.get()


def test_an_effect_happens_once(told) -> None:
    enqueue(topic="note", key="a", payload={})
    assert deliver_due_messages() == 1
    assert deliver_due() == 0
    assert told == ["a"]
    assert the_message().done_at is not None
    assert str(the_message()) == "note a"


def test_the_same_key_is_the_same_effect(told) -> None:
    enqueue(topic="note", key="a", payload={})
    enqueue(topic="note", key="a", payload={"again": True})
    deliver_due()
    enqueue(topic="note", key="a", payload={})
    deliver_due()
    assert told == ["a"]
    assert the_message().payload == {}


def test_an_effect_waits_for_its_time(told) -> None:
    later = now() + dt.timedelta(hours=1)
    enqueue(topic="note", key="a", payload={}, due_at=later)
    assert deliver_due() == 0
    with travel_to(later):
        assert deliver_due() == 1


def test_what_was_decided_in_a_transaction_that_rolled_back_never_happens(told) -> None:
    with transaction.atomic():
        enqueue(topic="note", key="a", payload={})
        transaction.set_rollback(True)
    assert deliver_due() == 0


def test_a_failed_effect_leaves_nothing_behind_and_backs_off() -> None:
    registry.register_handler("note", trace_then_fail)
    enqueue(topic="note", key="a", payload={})
    assert deliver_due() == 0
    assert not ThrottleCount.objects.exists()
    message = the_message()
    assert (message.attempts, message.last_error) == (1, "RuntimeError: no")
    assert message.due_at > now()
    assert deliver_due() == 0
    assert the_message().attempts == 1


def test_a_poisonous_effect_dies_alone_and_staff_can_revive_it(told) -> None:
    registry.register_handler("poison", trace_then_fail)
    enqueue(topic="poison", key="p", payload={})
    enqueue(topic="note", key="a", payload={})
    for _ in range(ATTEMPTS_BEFORE_DEAD):
        with travel_to(OutboxMessage.objects.get(key="p").due_at):
            deliver_due()
    dead = OutboxMessage.objects.get(key="p")
    assert dead.dead_at is not None
    assert told == ["a"]
    with travel_to(now() + dt.timedelta(days=99)):
        assert deliver_due() == 0
    registry.register_handler("poison", leave_a_trace)
    revive(message=dead)
    assert deliver_due() == 1
    assert ThrottleCount.objects.get().key == "p"


def test_a_topic_nobody_handles_is_kept() -> None:
    with pytest.raises(UnknownTopicError):
        handler_for("nobody")
    enqueue(topic="nobody", key="a", payload={})
    assert deliver_due() == 0
    assert the_message().last_error == "UnknownTopicError: nobody"


def test_an_outbound_effect_runs_with_no_transaction_of_ours_open() -> None:
    depth_here = len(connection.savepoint_ids)
    depths: list[int] = []
    registry.register_outbound("call", lambda message: depths.append(len(connection.savepoint_ids)))
    registry.register_handler("note", lambda message: depths.append(len(connection.savepoint_ids)))
    enqueue(topic="call", key="c", payload={})
    enqueue(topic="note", key="n", payload={})
    assert deliver_due() == 2
    assert depths == [depth_here, depth_here + 1]


def test_a_killed_outbound_effect_comes_due_again_after_its_lease() -> None:
    class Killed(BaseException):
        pass

    def die(message: OutboxMessage) -> None:
        raise Killed

    registry.register_outbound("call", die)
    enqueue(topic="call", key="c", payload={})
    with pytest.raises(Killed):
        deliver_due()
    registry.register_outbound("call", leave_a_trace)
    assert deliver_due() == 0
    with travel_to(now() + LEASE):
        assert deliver_due() == 1


def test_a_failed_outbound_effect_backs_off() -> None:
    registry.register_outbound("call", trace_then_fail)
    enqueue(topic="call", key="c", payload={})
    assert deliver_due() == 0
    assert the_message().attempts == 1
    assert the_message().done_at is None
