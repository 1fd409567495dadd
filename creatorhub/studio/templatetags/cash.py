"""What studio pages say of orders that their shop collects."""

from __future__ import annotations

from typing import Any

from django import template

from creatorhub.sales.models import CashOrder, Sale
from creatorhub.shops.models import Shop
from creatorhub.studio.cash.selectors import (
    cash_of_sale,
    debts_of,
    hand_refunds_of,
    has_left,
    transfers_of,
)

register = template.Library()


@register.simple_tag
def cash_of(sale: Sale) -> CashOrder | None:
    """How this sale is collected by its shop, if it is."""
    return cash_of_sale(sale)


@register.inclusion_tag("studio/cash/_order.html")
def cash_notices(sale: Sale) -> dict[str, Any]:
    """What to collect, what to say of it, and what to give back."""
    cash = cash_of_sale(sale)
    if cash is None:
        return {"cash": None}
    return {
        "cash": cash,
        "sale": sale,
        "has_left": has_left(sale),
        "refunds": hand_refunds_of(sale),
    }


@register.inclusion_tag("studio/cash/_transfers.html")
def transfers_to_check(shop: Shop) -> dict[str, Any]:
    """Orders of a shop whose transfer is still to come."""
    return {"transfers": list(transfers_of([shop]))}


@register.inclusion_tag("studio/cash/_owed.html", takes_context=True)
def owed_from_cash(context: template.Context, currency: str) -> dict[str, Any]:
    """What the person signed in owes from orders they collected, in one currency."""
    request: Any = context["request"]
    return {"debt": debts_of(request.user).get(currency)}
