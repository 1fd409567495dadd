"""A mail to the payee about where their payout is."""

from __future__ import annotations

from creatorhub.outbox.services import enqueue
from creatorhub.payouts.models import Payout


def tell_payee(payout: Payout) -> None:
    """Once per state, in the caller's transaction."""
    enqueue(
        topic="mail.payout",
        key=f"mail.payout:{payout.pk}:{payout.state}",
        payload={"payout": payout.pk},
    )
