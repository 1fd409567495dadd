"""Oscar's basket for shoppers, priced by our strategy."""

from __future__ import annotations

from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

__all__ = ["BasketMiddleware"]


class BasketMiddleware(OscarBasketMiddleware):
    """Oscar's middleware; the basket is only looked up when a page asks for it."""
