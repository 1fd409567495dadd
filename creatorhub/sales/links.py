"""Addresses of pages that mails and processors send people to.

The pages themselves live one floor up, in storefront and studio; tests/sales/test_links.py
keeps these paths equal to theirs.
"""

from __future__ import annotations

from django.conf import settings

from creatorhub.sales.models import CashOrder, Checkout, RefundRequest, Sale


def order_url(checkout: Checkout) -> str:
    """The order's page, for its buyer."""
    return f"{settings.BASE_URL}/{checkout.language}/orders/{checkout.token}/"


def return_url(checkout: Checkout) -> str:
    """Where the payment page sends the buyer back to."""
    return f"{order_url(checkout)}return/"


def grant_url(token: str, language: str) -> str:
    """What one line opened, for whoever holds its token."""
    return f"{settings.BASE_URL}/{language}/library/{token}/"


def studio_order_url(sale: Sale, language: str) -> str:
    """The sale's page, for its shop."""
    return f"{settings.BASE_URL}/{language}/studio/orders/{sale.pk}/"


def request_url(checkout: Checkout, request: RefundRequest) -> str:
    """A request for money back, for its buyer."""
    return f"{order_url(checkout)}refunds/{request.pk}/"


def studio_request_url(request: RefundRequest, language: str) -> str:
    """A request for money back, for its shop."""
    return f"{settings.BASE_URL}/{language}/studio/orders/requests/{request.pk}/"


def affiliate_url(language: str) -> str:
    """What a person's links earned."""
    return f"{settings.BASE_URL}/{language}/studio/share/"


def studio_transfer_url(cash: CashOrder, language: str) -> str:
    """A transfer the shop has to look for."""
    return f"{settings.BASE_URL}/{language}/studio/orders/transfers/{cash.pk}/"


def studio_money_url(language: str) -> str:
    """What a person earned and owes."""
    return f"{settings.BASE_URL}/{language}/studio/money/"


def shop_settings_url(language: str) -> str:
    """Where a shop says how it takes money."""
    return f"{settings.BASE_URL}/{language}/studio/shop/settings/"


def cash_desk_url(language: str) -> str:
    """What our team decides about money that went from hand to hand."""
    return f"{settings.BASE_URL}/{language}/studio/desk/cash/"
