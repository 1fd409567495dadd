"""Events: written down when something happens, signed and delivered when a test says so."""

from __future__ import annotations

import copy

import stripe

from tests.fakestripe.wire import public
from tests.fakestripe.world import Object, World


def tell(world: World, kind: str, about: Object, *, account: str = "") -> Object:
    """A snapshot event: the object as it is at this moment. With an account: of Connect."""
    event: Object = {
        "id": world.new_id("evt"),
        "object": "event",
        "api_version": stripe.api_version,
        "created": world.now(),
        "data": {"object": copy.deepcopy(public(about))},
        "livemode": world.habits.livemode,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        "_is_connect": bool(account),
        "_is_delivered": False,
    }
    if account:
        event["account"] = account
    world.events.append(event)
    return event


def tell_thinly(world: World, kind: str, about: Object) -> Object:
    """A thin event of API v2: it names the object and says nothing of it."""
    event: Object = {
        "id": world.new_id("evt_test"),
        "object": "v2.core.event",
        "context": None,
        "created": world.moment(),
        "livemode": world.habits.livemode,
        "reason": None,
        "related_object": {
            "id": about["id"],
            "type": about["object"],
            "url": f"/v2/core/accounts/{about['id']}",
        },
        "type": kind,
        "_is_connect": True,
        "_is_delivered": False,
    }
    world.events.append(event)
    return event
