"""What shoppers can open."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from creatorhub.storefront.views import (
    basket,
    checkout,
    library,
    market,
    order,
    order_cash,
    product,
    refunds,
    shop,
)


class HandleConverter:
    """A shop's handle as it may be typed: letters, digits, dots, dashes, underscores."""

    regex = r"[A-Za-z0-9][A-Za-z0-9_.-]{1,29}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SlugConverter:
    """A slug in any script: whatever is one segment."""

    regex = r"[^/]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HandleConverter, "handle")
register_converter(SlugConverter, "anyslug")

app_name = "storefront"
urlpatterns: list[URLPattern] = [
    path("", market.market, name="market"),
    path("search/", market.search, name="search"),
    path("earn/", market.earn, name="earn"),
    path("earn/countries/", market.country_to_cash, name="country_to_cash"),
    path("basket/", basket.basket, name="basket"),
    path("basket/add/", basket.basket_add, name="basket_add"),
    path("basket/change/", basket.basket_change, name="basket_change"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("orders/<str:token>/", order.order, name="order"),
    path("orders/<str:token>/return/", order.checkout_return, name="checkout_return"),
    path("orders/<str:token>/email/", order.order_email, name="order_email"),
    path("orders/<str:token>/receipt/", order_cash.order_receipt, name="order_receipt"),
    path(
        "orders/<str:token>/not-received/<int:refund_id>/",
        order_cash.order_not_received,
        name="order_not_received",
    ),
    path("orders/<str:token>/refunds/new/<int:sale_id>/", refunds.refund_ask, name="refund_ask"),
    path("orders/<str:token>/refunds/<int:pk>/", refunds.refund_request, name="refund_request"),
    path("library/", library.library, name="library"),
    path("library/<str:token>/", library.grant, name="grant"),
    path("library/<str:token>/<int:file_id>/", library.download, name="download"),
    path("@<handle:handle>/", shop.shop, name="shop"),
    path("@<handle:handle>/posts/<anyslug:slug>/", shop.post, name="post"),
    path("@<handle:handle>/<anyslug:slug>/", product.product, name="product"),
]
