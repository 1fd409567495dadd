"""Money that did not arrive becomes payable again: a new entry, never a changed one."""

from __future__ import annotations

from django.db import transaction

from creatorhub.ledger.entry import AccountRef, credit, debit
from creatorhub.ledger.models import JournalEntry
from creatorhub.ledger.services import post_entry
from creatorhub.money import Money
from creatorhub.payouts.due import PAYABLE
from creatorhub.payouts.models import Payout
from creatorhub.payouts.rails.purse import purse_of


@transaction.atomic
def put_back(*, payout: Payout, amount: Money) -> None:
    """Give `amount` of a locked payout back to its payee. Part of their next payout's range.

    The caller saves the payout: `returned_minor` is changed here.
    """
    payout.returned_minor = amount.minor
    about = {
        "kind": "payout_returned",
        "payout": payout.pk,
        "rail": payout.rail,
        "reason_code": payout.reason_code,
    }
    sent = JournalEntry.objects.get(idempotency_key=f"payout:{payout.pk}")
    post_entry(
        kind="payout_returned",
        reference=f"payout:{payout.pk}",
        idempotency_key=f"payout_returned:{payout.pk}",
        lines=[
            debit(purse_of(payout.rail), amount, **about),
            credit(AccountRef(PAYABLE, payout.payee.ledger_owner), amount, **about),
        ],
        reverses=sent,
    )
