"""The rail that moves play money on the sandbox provider's own books."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.money import Money
from creatorhub.payments.models import SandboxMovement
from creatorhub.payments.sandbox import provider
from creatorhub.payouts.rails.rail import Transfer


class SandboxRail:
    """Keeps the promises of WholeRail; no destination is needed, everybody is ready."""

    key = "sandbox"
    name = _("Sandbox – no real money")

    def find(self, *, key: str) -> Transfer | None:
        movement = provider.find_movement(idempotency_key=key)
        return _told(movement) if movement else None

    def send(self, *, key: str, amount: Money, destination: str) -> Transfer:
        movement = provider.transfer(destination=destination, amount=amount, idempotency_key=key)
        return _told(movement)


def _told(movement: SandboxMovement) -> Transfer:
    if movement.is_refused:
        return Transfer("failed", movement.public_id, "payout_failed")
    return Transfer("paid", movement.public_id)
