"""The market's bank in the demo: two people see each batch, and the bank pays a day later."""

from __future__ import annotations

from creatorhub.accounts.models import User
from creatorhub.operations.demo_logins import DEMO_EMAILS
from creatorhub.operations.demo_market.people import DOMAIN, make_person
from creatorhub.payouts.models import Payout, PayoutBatch
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    mark_paid,
    prepare_batch,
)

SECOND = f"colleague@{DOMAIN}"


def meet_a_colleague() -> None:
    """The second person: nobody approves what they prepared."""
    colleague = make_person(name="Huda", email=SECOND, language="en")
    User.objects.filter(pk=colleague.pk).update(is_staff=True)


def visit_the_bank(*, keeps_last: bool) -> None:
    """Settle what the bank has had for a day, then hand over what was drafted.

    `keeps_last` leaves the newest batch prepared: it waits for the second person.
    """
    first = User.objects.get(email=DEMO_EMAILS["staff"])
    second = User.objects.get(email=SECOND)
    for payout in Payout.objects.filter(state=Payout.State.SENT).order_by("pk"):
        mark_paid(payout_id=payout.pk, reference=f"NWB{payout.pk:08d}", actor=first)
    for batch in PayoutBatch.objects.filter(state=PayoutBatch.State.DRAFT).order_by("pk"):
        prepare_batch(batch_id=batch.pk, actor=first)
        if not keeps_last:
            approve_batch(batch_id=batch.pk, actor=second)
            hand_over_batch(batch_id=batch.pk, actor=first)
