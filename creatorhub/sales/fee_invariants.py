"""What must always be true of the processor's fees.

The docstring's first line is what the doctor says.
"""

from __future__ import annotations

from creatorhub.foundation.invariant import Broken
from creatorhub.ledger.models import Posting
from creatorhub.payments.models import PaymentAttempt
from creatorhub.sales.fee_book import fee_key


def fees_without_their_entry() -> list[Broken]:
    """What a processor kept of a completed payment is in the book once, and nothing else is."""
    attempts = PaymentAttempt.objects.filter(
        state=PaymentAttempt.State.COMPLETED, fee_minor__gt=0
    ).values_list("reference", "fee_minor")
    kept = {(fee_key(reference), minor) for reference, minor in attempts}
    rows = Posting.objects.filter(entry__kind="processor_fee", account__name="processor_balance")
    written = list(rows.values_list("entry__idempotency_key", "amount_minor"))
    return [
        Broken(f"entry {key}", f"of {minor} is missing") for key, minor in sorted(kept - {*written})
    ] + [
        Broken(f"entry {key}", f"of {minor} is of no payment")
        for key, minor in sorted(written)
        if (key, minor) not in kept
    ]
