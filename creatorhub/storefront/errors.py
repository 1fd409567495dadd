"""Why a shopper's wish cannot be met as asked. Views turn each into a sentence."""

from __future__ import annotations


class BasketError(Exception):
    """Something about a basket that its owner must be told."""


class NotOnSaleError(BasketError):
    """The variant is a draft, archived, taken down, or its shop is not open."""


class NothingLeftError(BasketError):
    """Sold out, or fewer are left than asked for."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class CurrencyConflictError(BasketError):
    """The current basket holds another currency; a basket never mixes two."""

    def __init__(self, *, basket_currency: str, listing_currency: str) -> None:
        super().__init__(basket_currency, listing_currency)
        self.basket_currency = basket_currency
        self.listing_currency = listing_currency
