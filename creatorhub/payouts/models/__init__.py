"""Payees and how they are paid, payouts and what they are made of, batches for the bank."""

from __future__ import annotations

from creatorhub.payouts.models.balance_check import BalanceCheck
from creatorhub.payouts.models.batch import PayoutBatch
from creatorhub.payouts.models.payee import DestinationChange, Payee, PayeeHold
from creatorhub.payouts.models.payout import Payout, PayoutRun
from creatorhub.payouts.models.recipient import BankAccount, Recipient
from creatorhub.payouts.models.transfer import PayoutPart, TransferReversal

__all__ = [
    "BalanceCheck",
    "BankAccount",
    "DestinationChange",
    "Payee",
    "PayeeHold",
    "Payout",
    "PayoutBatch",
    "PayoutPart",
    "PayoutRun",
    "Recipient",
    "TransferReversal",
]
