"""Signing events with our own HMAC and carrying them to the market's door."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.fakestripe.wire import public
from tests.fakestripe.world import Object, World

Door = Callable[[bytes, dict[str, str]], int]
"""Takes a body and its headers, answers an HTTP status."""

PLATFORM_SECRET = "whsec_platform_of_the_fake"
CONNECT_SECRET = "whsec_connect_of_the_fake"
HEADER = "Stripe-Signature"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one event at the door."""

    event_id: str
    type: str
    status: int


@dataclass
class Webhooks:
    """Two endpoints at one door: the platform's and Connect's, each with its own secrets."""

    world: World
    door: Door | None = None
    platform_secrets: list[str] = field(default_factory=lambda: [PLATFORM_SECRET])
    connect_secrets: list[str] = field(default_factory=lambda: [CONNECT_SECRET])

    def deliver(
        self, *, shuffled: int | None = None, newest_first: bool = False, twice: bool = False
    ) -> list[Delivery]:
        """Everything not delivered yet; `shuffled` is a seed, `twice` doubles each event."""
        with self.world.lock:
            waiting = [event for event in self.world.events if not event["_is_delivered"]]
        if newest_first:
            waiting.reverse()
        if twice:
            waiting = [event for event in waiting for _ in range(2)]
        if shuffled is not None:
            random.Random(shuffled).shuffle(waiting)
        return [self.send(event) for event in waiting]

    def send(self, event: Object, *, secrets: list[str] | None = None, age: int = 0) -> Delivery:
        """One event, now: again if it was delivered before. `age` is how old the signature is."""
        assert self.door is not None, "tell the fake where to deliver: fake.deliver_to(…)"
        body = body_of(event)
        known = self.connect_secrets if event["_is_connect"] else self.platform_secrets
        # Stripe signs by real time, whatever time the market plays.
        signed_at = _real_time(self.world) - age
        status = self.door(body, headers_of(body, secrets or known, signed_at))
        # Stripe sends again what was not answered with a 2xx.
        event["_is_delivered"] = 200 <= status < 300
        return Delivery(event["id"], event["type"], status)


def body_of(event: Object) -> bytes:
    return json.dumps(public(event), separators=(",", ":")).encode()


def headers_of(body: bytes, secrets: list[str], signed_at: int) -> dict[str, str]:
    """While a secret is rolled Stripe signs with the old and the new one."""
    signatures = [signature(body, secret, signed_at) for secret in secrets]
    value = ",".join([f"t={signed_at}", *(f"v1={each}" for each in signatures), "v0=ignored"])
    return {HEADER: value, "Content-Type": "application/json; charset=utf-8"}


def signature(body: bytes, secret: str, signed_at: int) -> str:
    """Stripe, "Verify webhook signatures manually": HMAC-SHA-256 over time, a dot and the body."""
    signed = b"%d.%s" % (signed_at, body)
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def http_door(url: str) -> Door:
    """A door reached over HTTP: a running market."""
    address = urlsplit(url)

    def knock(body: bytes, headers: dict[str, str]) -> int:
        connection = http.client.HTTPConnection(
            address.hostname or "", address.port or 80, timeout=20
        )
        try:
            connection.request("POST", address.path, body, headers)
            return connection.getresponse().status
        finally:
            connection.close()

    return knock


def _real_time(world: World) -> int:
    return int(world.now() - world.travelled.total_seconds())
