"""Way 1: physical goods of one's own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.offers.goods.engine import GOODS
from creatorhub.offers.way import Way

OWN_PRODUCTS = Way(
    key="own_products",
    engine=GOODS,
    name=_("Your own products"),
    pitch=_("Sell what you make: sizes and colours, stock, shipping and tracking."),
    first_step=_("Add your first products from photos"),
    icon="package",
    fields=("title", "price", "compare_at", "stock", "options", "grams", "description"),
)
