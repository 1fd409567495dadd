"""What Oscar asks us about a product: its price, and whether it may be bought now.

Only published listings of open shops are sold. `num_in_stock` None means untracked: such a
variant never sells out, also where its product class tracks stock (imports leave it blank).
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.availability import Available, StockRequired, Unavailable
from oscar.apps.partner.strategy import NoTax, Structured, UseFirstStockRecord
from oscar.apps.partner.strategy import Selector as OscarSelector

from creatorhub.money import Money
from creatorhub.shops.models import Variant

__all__ = ["NotOffered", "Selector", "Strategy", "is_offered", "price_of"]


class NotOffered(Unavailable):
    """It was taken out of the shop, or the shop is closed."""

    code = "not-offered"
    message = _("No longer offered")


class Strategy(UseFirstStockRecord, NoTax, Structured):
    """One stock record per variant, its price without tax on top, its stock guarded."""

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """A basket's line knows its stock record; Oscar would look for it again."""
        return self.fetch_for_product(line.product, stockrecord or line.stockrecord)

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        if stockrecord is None or stockrecord.price is None or not is_offered(product):
            return NotOffered()
        if stockrecord.num_in_stock is None or not product.get_product_class().track_stock:
            return Available()
        return StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(self, product: Any, children_stock: Any) -> Any:
        policies = [self.availability_policy(child, record) for child, record in children_stock]
        offered = [policy for policy in policies if policy.is_available_to_buy]
        return Available() if offered else NotOffered()


class Selector(OscarSelector):
    """Everybody gets the same strategy: prices do not depend on who asks."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Strategy:
        return Strategy(request)


def is_offered(product: Any) -> bool:
    """Whether this product is an offered variant of a published listing in a visible shop."""
    try:
        variant = product.variant
    except Variant.DoesNotExist:
        return False
    listing = variant.listing
    return bool(variant.is_offered and listing.is_published and listing.shop.is_visible)


def price_of(product: Any) -> Money | None:
    """A variant's price, or None while it has none."""
    record = Strategy().select_stockrecord(product)
    if record is None or record.price is None:
        return None
    return Money.from_decimal(record.price, record.price_currency)
