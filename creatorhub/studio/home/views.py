"""The first page after signing in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.affiliates.models import Enrolment
from creatorhub.shops.models import Shop
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.home.figures import bars, figures, points, previous
from creatorhub.studio.home.next_actions import first_steps, next_actions
from creatorhub.studio.home.selectors import DEFAULT_PERIOD, PERIODS, period
from creatorhub.studio.money.selectors import Purse, purses
from creatorhub.studio.orders.selectors import sales_of, views_of
from creatorhub.studio.permissions import signed_in

LATEST_ORDERS = 5


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What to do next and how it is going; for a person without a shop, the ways to begin."""
    user = cast(User, request.user)
    shop = find_current_shop(request)
    if shop is None:
        joined = Enrolment.objects.filter(owner__user=user).exists()
        return render(
            request, "studio/home/begin.html", {"joined": joined, "purses": purses(user=user)}
        )
    days = _days(request)
    steps = first_steps(shop=shop)
    shown = period(shop=shop, days=days)
    context = {
        "shop": shop,
        "days": days,
        "periods": PERIODS,
        "period": shown,
        "figures": figures(shown),
        "points": points(shown),
        "previous": previous(shown),
        "bars": bars(shown),
        "actions": next_actions(shop=shop),
        "steps": steps,
        "is_new": shown.is_empty and not all(step.is_done for step in steps),
        "steps_done": sum(step.is_done for step in steps),
        "purse": _purse_of(user, shop),
        "latest": views_of(list(sales_of(shops=[shop])[:LATEST_ORDERS])),
    }
    return render(request, "studio/home/home.html", context)


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in PERIODS} else DEFAULT_PERIOD


def _purse_of(user: User, shop: Shop) -> Purse | None:
    """The money in the shop's currency; None before the first sale."""
    return next((purse for purse in purses(user=user) if purse.currency == shop.currency), None)
