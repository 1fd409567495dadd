"""Paying payees what the ledger owes.

Owns: Payee, PayeeHold, rails, PayoutRun, Payout, statements.
Never: shops, affiliates.
"""
