"""One fake processor: its server, what everybody does there, and what a test may look at."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from tests.fakestripe.acts import Acts
from tests.fakestripe.dispatch import Dispatcher, KnownCall
from tests.fakestripe.faults import Fault
from tests.fakestripe.pages import Pages
from tests.fakestripe.server import Server
from tests.fakestripe.webhooks import Delivery, Door, Webhooks, http_door
from tests.fakestripe.wire import public
from tests.fakestripe.world import Habits, Object, World

TEST_KEY = "sk_test_of_the_fake"
LIVE_KEY = "sk_live_of_the_fake"


class FakeStripe(Acts):
    """`with FakeStripe() as fake:` opens it; `fake.address` is where its API answers."""

    def __init__(self, habits: Habits | None = None) -> None:
        super().__init__(World(habits or Habits()))
        self.api_key = LIVE_KEY if self.world.habits.livemode else TEST_KEY
        self.webhooks = Webhooks(self.world)
        self._dispatcher = Dispatcher(self.world, self.api_key)
        self._server = Server(self._dispatcher, Pages(self.world, self))
        self.address = self.world.address = self._server.address

    def __enter__(self) -> Self:
        self._server.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()

    # Events ---------------------------------------------------------------------------------
    def deliver_to(self, door: Door | str) -> None:
        """Where events go: an address of a running market, or a function that takes a body and
        headers and answers a status."""
        self.webhooks.door = http_door(door) if isinstance(door, str) else door

    def deliver_events(
        self, *, shuffled: int | None = None, newest_first: bool = False, twice: bool = False
    ) -> list[Delivery]:
        """Deliver what was never accepted; `shuffled` is a seed, `twice` doubles each event."""
        return self.webhooks.deliver(shuffled=shuffled, newest_first=newest_first, twice=twice)

    def deliver_again(self, kind: str = "") -> list[Delivery]:
        """Every event of a type (all types when empty) once more, accepted before or not."""
        return [self.webhooks.send(event) for event in self.events(kind)]

    def events(self, kind: str = "") -> list[Object]:
        """What happened, oldest first."""
        return [event for event in self.world.events if kind in ("", event["type"])]

    # Faults ---------------------------------------------------------------------------------
    def fail_next(self, fault: Fault, *, path: str = "", method: str = "", times: int = 1) -> None:
        """Let the next matching requests go wrong; `path` is how their address begins."""
        self._dispatcher.faults.expect(fault, method=method, path=path, times=times)

    def prune_keys(self) -> None:
        """A day has passed: idempotency keys are forgotten."""
        self._dispatcher.answers.prune()

    @property
    def silence_seconds(self) -> float:
        """How long a silent fault holds the line."""
        return self._server.silence_seconds

    @silence_seconds.setter
    def silence_seconds(self, seconds: float) -> None:
        self._server.silence_seconds = seconds

    # Habits that change ---------------------------------------------------------------------
    def let_refunds_wait(self, *, wait: bool = True) -> None:
        """Refunds stay "pending" until `settle_refund` or `fail_refund`."""
        self.world.refunds_wait = wait

    def refuse_reversals(self, *, refuse: bool = True) -> None:
        """No transfer can be taken back, whatever the recipient has."""
        self.world.reversals_are_refused = refuse

    # What a test may look at ----------------------------------------------------------------
    @property
    def calls(self) -> list[KnownCall]:
        """Requests that did something, oldest first; replays of a key are not among them."""
        return self._dispatcher.calls

    @property
    def complaints(self) -> list[str]:
        """Breaches of the API's contract, by us or by the fake. Must be empty at the end."""
        return self._dispatcher.complaints

    def objects(self, kind: str) -> list[Object]:
        """Everything of a kind ("refund", "transfer", "checkout.session" …), oldest first."""
        return [public(found) for found in reversed(self.world.all_of(kind))]
