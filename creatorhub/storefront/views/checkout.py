"""One page from basket to payment, for guests and for accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.throttle import is_allowed
from creatorhub.sales.errors import (
    AmountTooSmallError,
    CheckoutRefusedError,
    EmptyBasketError,
    PriceChangedError,
    SoldOutError,
    WayToPayRefusedError,
)
from creatorhub.social_share import touch_cookie
from creatorhub.storefront.forms import CheckoutForm
from creatorhub.storefront.selectors.basket_page import BasketPage, basket_page
from creatorhub.storefront.selectors.known_buyer import known_buyer
from creatorhub.storefront.selectors.ways_to_pay import refused_way, ways_to_pay
from creatorhub.storefront.services.change_basket import keep_what_can_be_bought
from creatorhub.storefront.services.check_out import (
    Asked,
    asked_for,
    check_out,
    earlier_checkout,
    name_of_form,
    where_to_pay,
)
from creatorhub.storefront.visitor import throttle_name, visitor

TRIES = 10
TRIES_SECONDS = 600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Ask for what is missing, then lead to the payment page."""
    return _answer(request) if request.method == "POST" else _ask(request)


def _ask(request: HttpRequest) -> HttpResponse:
    who = visitor(request)
    page = basket_page(who.baskets.current.basket)
    if page.is_empty or page.problems:
        # The basket says line by line what changed, and goes on with what is left.
        return redirect("storefront:basket")
    form = CheckoutForm(
        needs_address=page.sends_parcels,
        country=page.parts[0].shop.country,
        initial=known_buyer(who.user),
    )
    return _show(request, page, form)


def _answer(request: HttpRequest) -> HttpResponse:
    asked = asked_for(baskets=visitor(request).baskets, named=request.POST.get("basket", ""))
    if asked.earlier is not None:
        return redirect(where_to_pay(checkout=asked.earlier))
    form = CheckoutForm(request.POST, needs_address=asked.sends_parcels)
    if not form.is_valid():
        return _again(request, asked, form)
    if not is_allowed(key=f"checkout:{throttle_name(request)}", limit=TRIES, seconds=TRIES_SECONDS):
        sentence = _("That was many tries in a short time. Wait ten minutes, please.")
        return _again(request, asked, form, sentence)
    if not form.cleaned_data["pay"] and basket_page(asked.basket).total:
        sentence = _("This market cannot take payments right now. Nothing was ordered.")
        return _again(request, asked, form, sentence)
    return _place(request, asked, form)


def _place(request: HttpRequest, asked: Asked, form: CheckoutForm) -> HttpResponse:
    who = visitor(request)
    try:
        where = check_out(
            basket=asked.basket,
            baskets=who.baskets,
            filled_in=form.cleaned_data,
            user=who.user,
            clicks=touch_cookie.read(request),
            language=get_language() or "en",
        )
    except CheckoutRefusedError as refusal:
        if isinstance(refusal, SoldOutError | PriceChangedError):
            keep_what_can_be_bought(basket=asked.basket)
        return _again(request, asked, form, _refused(refusal))
    return redirect(where)


def _again(
    request: HttpRequest, asked: Asked, form: CheckoutForm, sentence: str = ""
) -> HttpResponse:
    """Say what is wrong and keep everything that was typed; what was ordered already is found."""
    earlier = earlier_checkout(request.POST.get("basket", ""))
    if earlier is not None:
        return redirect(where_to_pay(checkout=earlier))
    baskets = visitor(request).baskets
    baskets.turn_to(asked.basket.pk)
    page = basket_page(baskets.current.basket)
    if page.is_empty:
        if sentence:
            messages.warning(request, sentence)
        return redirect("storefront:basket")
    if form.needs_address != page.sends_parcels:
        form = CheckoutForm(request.POST, needs_address=page.sends_parcels)
    if sentence:
        form.add_error(None, sentence)
    return _show(request, page, form, status=422)


def _refused(refusal: CheckoutRefusedError) -> str:
    if isinstance(refusal, SoldOutError):
        return _(
            "Somebody was faster: %(titles)s. Your basket now holds what is left; nothing was paid."
        ) % {
            "titles": "، ".join(refusal.titles)
            if get_language() == "ar"
            else ", ".join(refusal.titles)
        }
    if isinstance(refusal, PriceChangedError):
        return _("A price changed since you put it in. Look at the new total, then confirm again.")
    if isinstance(refusal, WayToPayRefusedError):
        return refused_way(refusal.problem)
    if isinstance(refusal, AmountTooSmallError):
        return _("This amount is too small for a card payment. Add something else to your basket.")
    if isinstance(refusal, EmptyBasketError):
        return _("There is nothing left in this basket.")
    return _("This order could not be placed. Look at your basket and try again; nothing was paid.")


def _show(
    request: HttpRequest, page: BasketPage, form: CheckoutForm, status: int = 200
) -> HttpResponse:
    form.point_at_first_error()
    name = name_of_form(
        basket_id=visitor(request).baskets.current.basket.pk, sends_parcels=page.sends_parcels
    )
    context: dict[str, Any] = {"page": page, "form": form, "basket_name": name}
    context["ways"] = ways_to_pay(page)
    return render(request, "storefront/checkout.html", context, status=status)
