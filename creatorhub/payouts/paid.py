"""Whether a movement on a payee's payable account has left for their bank already."""

from __future__ import annotations

from creatorhub.ledger.models import Posting
from creatorhub.payouts.models import Payout


def is_paid_out(*, posting: Posting) -> bool:
    """Whether a payout that did not come back took this posting with it.

    A payout that came back whole put its money into the range of the next one, which is looked at
    then; of one that came back in part, nothing is taken to be here.
    """
    account = posting.account
    while True:
        payout = Payout.objects.filter(
            payee=int(account.owner),
            currency=account.currency,
            after_posting_id__lt=posting.pk,
            until_posting_id__gte=posting.pk,
        ).first()
        if payout is None:
            return False
        back = Posting.objects.filter(
            entry__idempotency_key=f"payout_returned:{payout.pk}", account=account
        ).first()
        if back is None or back.amount_minor < payout.amount_minor:
            return True
        posting = back
