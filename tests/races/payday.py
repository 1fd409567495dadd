"""What schedulers, workers and staff do on payday, each in a process of its own."""

from __future__ import annotations

import secrets
import time

from creatorhub.outbox.services import deliver_due
from creatorhub.payments import registry
from creatorhub.payments.stripe_gateway import StripeGateway, StripeKeys
from creatorhub.payouts.models import Payout
from creatorhub.payouts.rails.rail import PartOrder, Transferred
from creatorhub.payouts.rails.stripe_connect import StripeConnectRail
from creatorhub.payouts.services import look_up_unknown_payouts, run_payouts

ANSWER_SECONDS = 0.7
IDLE_ROUNDS = 10
BREATH_SECONDS = 0.1


def speak_to(address: str, secret_key: str) -> None:
    """In a child, for good: "stripe" is the fake at this address."""
    keys = StripeKeys(secret_key=secret_key, address=address, answer_seconds=ANSWER_SECONDS)
    registry.register_recipient_gateway(StripeGateway(keys))


def schedule(*, key: str, address: str, secret_key: str) -> None:
    """Beat wakes a run, or somebody of the staff presses the button."""
    run_payouts(key=key)


def work(*, address: str, secret_key: str, looks_up: bool, careless: bool = False) -> None:
    """A worker's sweeps, until nothing has come for a while. Beat asks for look-ups more rarely."""
    speak_to(address, secret_key)
    if careless:
        forget_everything()
    idle = 0
    while idle < IDLE_ROUNDS:
        did = deliver_due(limit=10) + (look_up_unknown_payouts() if looks_up else 0)
        idle = 0 if did else idle + 1
        time.sleep(0 if did else BREATH_SECONDS)


def forget_everything() -> None:
    """Careless, for the control: never asks the processor first, and each try is a new transfer."""
    send = StripeConnectRail.send_part

    def send_anew(self: StripeConnectRail, part: PartOrder) -> Transferred:
        fresh = PartOrder(
            f"{part.key}:{secrets.token_hex(4)}",
            part.group,
            part.source,
            part.destination,
            part.amount,
        )
        return send(self, fresh)

    StripeConnectRail.find_part = lambda self, part: None  # type: ignore[method-assign]
    StripeConnectRail.send_part = send_anew  # type: ignore[method-assign]


def in_flight() -> int:
    states = (Payout.State.SENDING, Payout.State.UNKNOWN)
    return Payout.objects.filter(state__in=states).count()
