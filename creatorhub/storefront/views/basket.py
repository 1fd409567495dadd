"""The basket: see it, put in, change, take out, switch between currencies. No script needed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from oscar.apps.basket.models import Line

from creatorhub.affiliates.services import bind_basket_touches
from creatorhub.shops.models import Variant
from creatorhub.social_share import touch_cookie
from creatorhub.storefront.errors import CurrencyConflictError, NothingLeftError, NotOnSaleError
from creatorhub.storefront.forms import BasketAddForm, BasketChangeForm
from creatorhub.storefront.same_origin import is_our_own_form
from creatorhub.storefront.selectors.basket_page import basket_page
from creatorhub.storefront.services.change_basket import (
    add_variant,
    keep_what_can_be_bought,
    set_quantity,
)
from creatorhub.storefront.visitor import Visitor, visitor


@never_cache
@require_safe
def basket(request: HttpRequest) -> HttpResponse:
    """Everything in the basket in use, and the way to the others."""
    baskets = visitor(request).baskets
    context = {"page": basket_page(baskets.current.basket), "others": baskets.others}
    return render(request, "storefront/basket.html", context)


@never_cache
@csrf_exempt  # Product pages carry no token (they are kept whole); see same_origin.
@require_POST
def basket_add(request: HttpRequest) -> HttpResponse:
    """Put one variant in, then show the basket or go straight to paying."""
    form = BasketAddForm(request.POST)
    if not form.is_valid():
        return redirect("storefront:basket")
    wish = form.cleaned_data
    variant = get_object_or_404(
        Variant.objects.select_related("listing__shop", "product"), pk=wish["variant"]
    )
    if not is_our_own_form(request):
        context = {"variant": variant, "wish": wish}
        return render(request, "storefront/basket_confirm.html", context)
    who = visitor(request)
    try:
        added = add_variant(
            baskets=who.baskets,
            variant=variant,
            quantity=wish["quantity"] or 1,
            in_second_basket=wish["second"],
            at_least=wish["go"] == "checkout",
        )
    except CurrencyConflictError as conflict:
        context = {"variant": variant, "wish": wish, "conflict": conflict}
        return render(request, "storefront/basket_conflict.html", context, status=422)
    except (NotOnSaleError, NothingLeftError) as problem:
        messages.warning(request, _sentence(problem, variant))
        return redirect("storefront:product", variant.listing.shop.handle, variant.listing.slug)
    bind_basket_touches(basket_id=added.pk, clicks=touch_cookie.read(request))
    if wish["go"] == "checkout":
        return redirect("storefront:checkout")
    messages.success(
        request, _("“%(title)s” is in your basket.") % {"title": variant.listing.title}
    )
    return redirect("storefront:basket")


@never_cache
@require_POST
def basket_change(request: HttpRequest) -> HttpResponse:
    """Another quantity, none at all, another basket, or on to paying with what is left."""
    form = BasketChangeForm(request.POST)
    if not form.is_valid():
        return redirect("storefront:basket")
    who = visitor(request)
    if who.baskets.is_empty:
        return redirect("storefront:basket")
    if form.cleaned_data["tidy"]:
        keep_what_can_be_bought(basket=who.baskets.current.basket)
        return redirect("storefront:checkout")
    _change(request, who, form.cleaned_data)
    return redirect("storefront:basket")


def _change(request: HttpRequest, who: Visitor, wish: dict[str, int | None]) -> None:
    """A line or a basket that is not this visitor's is simply not found, and nothing changes."""
    if wish["use"] is not None:
        for other in who.baskets.others:
            if other.basket.pk == wish["use"]:
                who.baskets.use(other)
        return
    if wish["line"] is None or wish["quantity"] is None:
        return
    current = who.baskets.current.basket
    try:
        set_quantity(basket=current, line_id=wish["line"], quantity=wish["quantity"])
    except NothingLeftError as problem:
        messages.warning(request, _only(problem.left))
    except Line.DoesNotExist:
        return


def _sentence(problem: NotOnSaleError | NothingLeftError, variant: Variant) -> str:
    if isinstance(problem, NothingLeftError) and problem.left:
        return _only(problem.left)
    if isinstance(problem, NothingLeftError):
        return _("“%(title)s” is sold out.") % {"title": variant.listing.title}
    return _("“%(title)s” is not for sale any more.") % {"title": variant.listing.title}


def _only(left: int) -> str:
    return ngettext(
        "Only %(left)d is left, so you can take at most %(left)d.",
        "Only %(left)d are left, so you can take at most %(left)d.",
        left,
    ) % {"left": left}
