"""Oscar's own answers to its signals, taken off.

They write rows at every product view, count orders before they are paid, set cookies for a
browsing history and mail outside the outbox. What we need of them, we do where it belongs.
"""

from __future__ import annotations

from django.db.models.signals import post_save
from oscar.apps.analytics import receivers as analytics
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.customer import receivers as history
from oscar.apps.customer.alerts import receivers as alerts
from oscar.apps.order.signals import order_placed
from oscar.apps.partner import receivers as stock
from oscar.apps.partner.models import StockRecord
from oscar.apps.search.signals import user_search


def disconnect_oscar() -> None:
    """Importing Oscar's modules connects them; its own later import finds them loaded."""
    product_viewed.disconnect(analytics.receive_product_view)
    product_viewed.disconnect(history.receive_product_view)
    user_search.disconnect(analytics.receive_product_search)
    basket_addition.disconnect(analytics.receive_basket_addition)
    order_placed.disconnect(analytics.receive_order_placed)
    post_save.disconnect(stock.update_stock_alerts, sender=StockRecord)
    post_save.disconnect(alerts.send_product_alerts, sender=StockRecord)
