"""Who handles which topic. Rooms above register themselves through `config.registries`."""

from __future__ import annotations

from collections.abc import Callable

from creatorhub.outbox.models import OutboxMessage

Handler = Callable[[OutboxMessage], None]

_handlers: dict[str, Handler] = {}
_outbound: set[str] = set()


class UnknownTopicError(LookupError):
    """An outbox row whose topic nobody handles."""


def register_handler(topic: str, handler: Handler) -> None:
    """Name the function that makes a topic's effect happen, inside the message's transaction."""
    _handlers[topic] = handler
    _outbound.discard(topic)


def register_outbound(topic: str, handler: Handler) -> None:
    """As register_handler, for effects that call somebody outside: no transaction is open.

    A killed worker leaves a message that comes due again, so the handler must repeat safely.
    """
    _handlers[topic] = handler
    _outbound.add(topic)


def handler_for(topic: str) -> Handler:
    """The topic's handler; UnknownTopicError when nobody registered one."""
    try:
        return _handlers[topic]
    except KeyError:
        raise UnknownTopicError(topic) from None


def is_outbound(topic: str) -> bool:
    return topic in _outbound
