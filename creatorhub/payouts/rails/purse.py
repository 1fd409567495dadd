"""Which of the market's accounts a rail pays from."""

from __future__ import annotations

from creatorhub.ledger.entry import AccountRef
from creatorhub.payouts.rails.manual_bank import ManualBankRail

FROM_BANK = frozenset({ManualBankRail.key})


def purse_of(rail_key: str) -> AccountRef:
    """By key, because a payout may outlive its rail in this instance."""
    return AccountRef("bank" if rail_key in FROM_BANK else "processor_balance")
