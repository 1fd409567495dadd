"""Who handles which topic. Rooms above register themselves through `config.registries`."""

from __future__ import annotations

from collections.abc import Callable

from creatorhub.outbox.models import OutboxMessage

Handler = Callable[[OutboxMessage], None]

_handlers: dict[str, Handler] = {}


class UnknownTopicError(LookupError):
    """An outbox row whose topic nobody handles."""


def register_handler(topic: str, handler: Handler) -> None:
    """Name the function that makes a topic's effect happen, inside the message's transaction."""
    _handlers[topic] = handler


def handler_for(topic: str) -> Handler:
    """The topic's handler; UnknownTopicError when nobody registered one."""
    try:
        return _handlers[topic]
    except KeyError:
        raise UnknownTopicError(topic) from None
