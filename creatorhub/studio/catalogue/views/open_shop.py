"""Opening a shop, and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.accounts.services import party_of
from creatorhub.shops.countries import COUNTRIES
from creatorhub.shops.handles import HandleError
from creatorhub.studio.catalogue.forms.shop import OpenShopForm
from creatorhub.studio.catalogue.payout_ways import ways_to_be_paid
from creatorhub.studio.catalogue.selectors import terms
from creatorhub.studio.current_shop import current_shop, find_current_shop, remember_shop
from creatorhub.studio.permissions import creator_page, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def open_shop(request: HttpRequest) -> HttpResponse:
    """One short page; nothing about payouts is asked before there is money."""
    form = OpenShopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shop = form.open_for(party_of(user=request.user))  # type: ignore[arg-type]  # signed in
        except HandleError as error:
            form.add_error("handle", str(error))
        else:
            remember_shop(request, shop)
            return redirect("studio:shop_welcome")
    country = COUNTRIES.get(form["country"].value() or "SA") or COUNTRIES["SA"]
    context = {
        "form": form,
        "terms": terms(country.currency),
        "has_one": find_current_shop(request),
        "routes": ways_to_be_paid(),
        "country": country.code,
    }
    return render(request, "studio/catalogue/open_shop.html", context)


@require_safe
@creator_page
def shop_welcome(request: HttpRequest) -> HttpResponse:
    """The shop is open: three ways to fill it."""
    return render(request, "studio/catalogue/welcome.html", {"shop": current_shop(request)})
