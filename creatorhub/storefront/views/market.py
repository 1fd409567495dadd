"""The market itself: the front page, browsing and searching, and how one can earn here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from creatorhub.foundation.policy import policy
from creatorhub.offers import registry
from creatorhub.storefront.forms import BrowseForm
from creatorhub.storefront.selectors.country_to_cash import country_groups
from creatorhub.storefront.selectors.earn import earn_cards
from creatorhub.storefront.selectors.market import (
    browse,
    new_listings,
    new_posts,
    shops_named,
    shops_to_meet,
)

# Ways are named for those who earn by them; shoppers look for what they get.
SHOPPERS_WORDS = {"own_products": _("Sent to your door"), "downloads": _("Downloads")}


@require_safe
def market(request: HttpRequest) -> HttpResponse:
    """What is new, who sells here, what they write, and the way to join them."""
    context = {
        "cards": new_listings(),
        "shops": shops_to_meet(),
        "posts": new_posts(),
        "ways": _shoppers_ways(),
    }
    return render(request, "storefront/market.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Browse everything or search in it; every wish is in the address, so it can be shared."""
    form = BrowseForm(request.GET)
    wish = form.wish()
    context = {
        "form": form,
        "wish": wish,
        "found": browse(wish, language=get_language() or "en"),
        "shops": shops_named(wish.query) if wish.page == 1 else [],
        "ways": _shoppers_ways(wish.way),
        "no_way": not wish.way,
    }
    return render(request, "storefront/search.html", context)


@require_safe
def earn(request: HttpRequest) -> HttpResponse:
    """Every way to earn that works here, with a real example and its first step."""
    return render(
        request,
        "storefront/earn.html",
        {"cards": earn_cards(), "fee_bps": policy().platform_fee_bps},
    )


@require_safe
def country_to_cash(request: HttpRequest) -> HttpResponse:
    """How a shop of each country collects, in which currency, and how it is paid out."""
    context = {"groups": country_groups(), "fee_bps": policy().platform_fee_bps}
    return render(request, "storefront/country_to_cash.html", context)


def _shoppers_ways(current: str = "") -> list[dict[str, object]]:
    """The selling ways in the words of those who buy."""
    return [
        {
            "key": way.key,
            "name": SHOPPERS_WORDS.get(way.key, way.name),
            "icon": way.icon,
            "is_current": way.key == current,
        }
        for way in registry.selling_ways()
    ]
