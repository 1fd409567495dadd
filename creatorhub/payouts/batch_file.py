"""What the bank is told: one row per payout of a batch."""

from __future__ import annotations

from django.conf import settings

from creatorhub.payouts.errors import RailMissingError
from creatorhub.payouts.models import PayoutBatch
from creatorhub.payouts.rails.rail import ByHandRail
from creatorhub.payouts.rails.registry import rail

BY_HAND = "manual_bank"

COLUMNS = (
    "payout",
    "holder",
    "number",
    "bank_code",
    "bic",
    "bank",
    "country",
    "amount",
    "currency",
    "reference",
)


def batch_rows(batch: PayoutBatch) -> list[dict[str, object]]:
    """Each payout with where it goes, by payout number. Amounts in major units, as banks count."""
    way = rail(BY_HAND)
    if not isinstance(way, ByHandRail):
        raise RailMissingError(BY_HAND)
    payouts = list(batch.payouts.order_by("pk"))
    known = way.file_rows([payout.destination for payout in payouts])
    return [
        {
            "payout": payout.pk,
            **known[payout.destination],
            "amount": payout.amount.to_decimal(),
            "currency": payout.currency,
            "reference": f"{settings.INSTANCE_NAME} {payout.pk}",
        }
        for payout in payouts
    ]
