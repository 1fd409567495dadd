"""Amounts as Stripe counts them: minor units, currency in small letters."""

from __future__ import annotations

from creatorhub.money import Money
from creatorhub.payments.errors import PaymentError


def minor_of(amount: Money) -> int:
    """What Stripe is told. PaymentError when the amount is finer than the currency moves in
    (Stripe: three-decimal amounts end in 0)."""
    if amount.minor % amount.quantum.minor:
        raise PaymentError(f"{amount.minor} {amount.currency} is finer than {amount.quantum.minor}")
    return amount.minor


def currency_of(amount: Money) -> str:
    return amount.currency.lower()


def money_of(minor: int, currency: str) -> Money:
    """What Stripe told; MoneyError for a currency we do not count in."""
    return Money(minor, currency.upper())
