"""What happens by itself once the worker is up again, and a little later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from creatorhub.config.registries import SWEEPS
from creatorhub.foundation.clock import now, travel_to
from creatorhub.payments.models import SandboxEvent, WebhookEvent
from creatorhub.payments.sandbox.events import deliver
from tests.crashes.stories.story import no_news

# The completer asks after a minute; a message under way may be taken up again after two.
LOOKS_AFTER = (dt.timedelta(0), dt.timedelta(minutes=3), dt.timedelta(minutes=6))


def recover(news: Callable[[], None] = no_news) -> None:
    """Everything that comes due, whatever room it belongs to; the provider tries again last.

    (The sandbox's far side lives in the process that was killed, so its news died too. A payment
    is found without them, by asking.)
    """
    for later in LOOKS_AFTER:
        with travel_to(now() + later):
            if later == LOOKS_AFTER[-1]:
                deliver_unheard()
                news()
            for sweep in SWEEPS:
                sweep()


def deliver_unheard() -> None:
    """As every provider does until it is answered with 200."""
    heard = WebhookEvent.objects.filter(provider="sandbox").values("event_id")
    for event in SandboxEvent.objects.exclude(public_id__in=heard).order_by("id"):
        deliver(event=event)
