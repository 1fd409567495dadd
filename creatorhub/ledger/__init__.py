"""The double-entry book.

Owns: Account, JournalEntry, Posting, balances.
Never: shops, orders, Stripe.
"""
