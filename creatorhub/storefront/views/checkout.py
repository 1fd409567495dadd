"""One page from basket to payment, for guests and for accounts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
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
)
from creatorhub.social_share import touch_cookie
from creatorhub.storefront.forms import CheckoutForm
from creatorhub.storefront.selectors.basket_page import BasketPage, basket_page
from creatorhub.storefront.selectors.known_buyer import known_buyer
from creatorhub.storefront.services.change_basket import keep_what_can_be_bought
from creatorhub.storefront.services.check_out import (
    check_out,
    earlier_checkout,
    name_of_basket,
    where_to_pay,
)
from creatorhub.storefront.visitor import throttle_name, visitor

TRIES = 10
TRIES_SECONDS = 600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """Ask for what is missing, then lead to the payment page."""
    earlier = earlier_checkout(request.POST.get("basket", ""))
    if earlier is not None:
        return redirect(where_to_pay(checkout=earlier))
    who = visitor(request)
    page = basket_page(who.baskets.current.basket)
    if page.is_empty:
        return redirect("storefront:basket")
    if request.method == "POST":
        return _place(request, page)
    if page.problems:
        # The basket says line by line what changed, and goes on with what is left.
        return redirect("storefront:basket")
    form = CheckoutForm(
        needs_address=page.sends_parcels,
        country=page.parts[0].shop.country,
        initial=known_buyer(who.user),
    )
    return _show(request, page, form)


def _place(request: HttpRequest, page: BasketPage) -> HttpResponse:
    form = CheckoutForm(
        request.POST, needs_address=page.sends_parcels, country=page.parts[0].shop.country
    )
    if not form.is_valid():
        return _show(request, page, form, status=422)
    if not is_allowed(key=f"checkout:{throttle_name(request)}", limit=TRIES, seconds=TRIES_SECONDS):
        form.add_error(None, _("That was many tries in a short time. Wait ten minutes, please."))
        return _show(request, page, form, status=422)
    if page.total and not settings.PAYMENT_GATEWAYS:
        form.add_error(None, _("This market cannot take payments right now. Nothing was ordered."))
        return _show(request, page, form, status=422)
    who = visitor(request)
    try:
        placed = check_out(
            baskets=who.baskets,
            filled_in=form.cleaned_data,
            user=who.user,
            clicks=touch_cookie.read(request),
            language=get_language() or "en",
        )
    except CheckoutRefusedError as refusal:
        return _explain(request, form, refusal)
    return redirect(where_to_pay(checkout=placed))


def _explain(
    request: HttpRequest, form: CheckoutForm, refusal: CheckoutRefusedError
) -> HttpResponse:
    """Say what changed, bring the basket up to date, keep everything that was typed."""
    earlier = earlier_checkout(request.POST.get("basket", ""))
    if earlier is not None:
        return redirect(where_to_pay(checkout=earlier))
    basket = visitor(request).baskets.current.basket
    if isinstance(refusal, SoldOutError | PriceChangedError):
        keep_what_can_be_bought(basket=basket)
    page = basket_page(basket)
    sentence = _refused(refusal)
    if page.is_empty:
        messages.warning(request, sentence)
        return redirect("storefront:basket")
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
    if isinstance(refusal, AmountTooSmallError):
        return _("This amount is too small for a card payment. Add something else to your basket.")
    if isinstance(refusal, EmptyBasketError):
        return _("There is nothing left in this basket.")
    return _("This order could not be placed. Look at your basket and try again; nothing was paid.")


def _show(
    request: HttpRequest, page: BasketPage, form: CheckoutForm, status: int = 200
) -> HttpResponse:
    form.point_at_first_error()
    basket_id = visitor(request).baskets.current.basket.pk
    context: dict[str, Any] = {"page": page, "form": form, "basket_name": name_of_basket(basket_id)}
    return render(request, "storefront/checkout.html", context, status=status)
