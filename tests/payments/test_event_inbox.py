"""Events are stored once, handled until it worked, and kept when it never does."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from creatorhub.foundation.clock import now, travel_to
from creatorhub.payments import event_registry
from creatorhub.payments.models import WebhookEvent
from creatorhub.payments.sandbox.signing import SIGNATURE_HEADER, sign
from creatorhub.payments.selectors import dead_events
from creatorhub.payments.services import handle_due_events, handle_event, receive_event, revive
from creatorhub.payments.services.handle_events import ATTEMPTS_BEFORE_DEAD
from creatorhub.payments.tasks import handle_due_events as handle_due_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch) -> list[str]:
    """A handler of "test.event" that writes down what it hears."""
    told: list[str] = []
    monkeypatch.setitem(event_registry._handlers, "test.event", lambda e: told.append(e.event_id))
    return told


@pytest.fixture
def trouble(monkeypatch) -> list[Exception]:
    """A handler of "test.event" that fails as long as something is in the list."""
    problems: list[Exception] = []

    def handle(event: WebhookEvent) -> None:
        if problems:
            raise problems[0]

    monkeypatch.setitem(event_registry._handlers, "test.event", handle)
    return problems


def receive(event_id: str = "evt_1", event_type: str = "test.event") -> WebhookEvent | None:
    payload = json.dumps({"id": event_id, "type": event_type, "data": {"n": 1}}).encode()
    return receive_event(
        provider="sandbox", payload=payload, headers={SIGNATURE_HEADER: sign(payload)}
    )


def test_an_event_is_stored_and_handled_once(heard) -> None:
    event = receive()
    assert event is not None
    assert str(event) == "test.event evt_1"
    assert handle_due_task() == 1
    assert handle_due_events() == 0
    assert not handle_event(event_id=event.pk)
    event.refresh_from_db()
    assert (heard, event.attempts, event.payload) == (["evt_1"], 1, {"n": 1})
    assert event.handled_at is not None


def test_a_second_delivery_is_recognised(heard) -> None:
    assert receive() is not None
    assert receive() is None
    handle_due_events()
    assert receive() is None
    handle_due_events()
    assert heard == ["evt_1"]


def test_an_unknown_type_is_stored_and_ignored() -> None:
    event = receive(event_type="something.new")
    assert handle_due_events() == 1
    event.refresh_from_db()
    assert event.handled_at is not None


def test_events_are_handled_oldest_first(heard) -> None:
    receive("evt_2")
    with travel_to(now() - dt.timedelta(seconds=5)):
        receive("evt_1")
    handle_due_events()
    assert heard == ["evt_1", "evt_2"]


def test_a_failed_event_backs_off_and_is_tried_again(trouble) -> None:
    trouble.append(RuntimeError("not yet"))
    event = receive()
    assert handle_due_events() == 0
    event.refresh_from_db()
    assert event.last_error == "RuntimeError: not yet"
    assert event.due_at > now()
    assert handle_due_events() == 0
    event.refresh_from_db()
    assert event.attempts == 1
    trouble.clear()
    with travel_to(event.due_at):
        assert handle_due_events() == 1
    event.refresh_from_db()
    assert (event.attempts, event.last_error) == (2, "")


def test_an_event_that_never_works_waits_for_a_person(trouble) -> None:
    trouble.append(RuntimeError("never"))
    event = receive()
    waits = []
    for _ in range(ATTEMPTS_BEFORE_DEAD):
        with travel_to(event.due_at):
            handle_due_events()
            before = event.due_at
            event.refresh_from_db()
            waits.append(event.due_at - before)
    assert waits == sorted(waits)
    assert waits[-1] == dt.timedelta(hours=1)
    assert list(dead_events()) == [event]
    with travel_to(event.due_at + dt.timedelta(days=9)):
        assert handle_due_events() == 0
    trouble.clear()
    revive(event=event)
    assert handle_due_events() == 1
    assert not dead_events().exists()


def test_one_bad_event_does_not_stop_the_others(monkeypatch) -> None:
    def handle(event: WebhookEvent) -> None:
        if event.event_id == "evt_1":
            raise RuntimeError("bad")

    monkeypatch.setitem(event_registry._handlers, "test.event", handle)
    receive("evt_1")
    receive("evt_2")
    assert handle_due_events() == 1


def test_a_killed_worker_leaves_an_event_that_comes_due_again(monkeypatch, heard) -> None:
    class Killed(BaseException):
        pass

    def die(event: WebhookEvent) -> None:
        raise Killed

    event = receive()
    with monkeypatch.context() as patch:
        patch.setitem(event_registry._handlers, "test.event", die)
        with pytest.raises(Killed):
            handle_event(event_id=event.pk)
    event.refresh_from_db()
    assert event.handled_at is None
    with travel_to(event.due_at):
        assert handle_due_events() == 1
    assert heard == ["evt_1"]
