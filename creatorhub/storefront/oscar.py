"""Oscar's basket for shoppers: looked up when a page asks, one per currency, our prices."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from creatorhub.shops.oscar import Selector
from creatorhub.storefront.services.open_baskets import OpenBaskets

__all__ = ["BasketMiddleware"]


class BasketMiddleware(OscarBasketMiddleware):
    """Sets `request.strategy`, `request.baskets` and Oscar's own `request.basket`, all lazily.

    Oscar's middleware knows one basket; a market of many currencies needs one for each. A page
    that asks for none of them costs no query and sets no cookie, so it can be kept whole. Oscar's
    site-wide offers are not applied: discounts here belong to a shop.
    """

    get_response: Callable[[HttpRequest], HttpResponseBase]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        baskets = SimpleLazyObject(lambda: _baskets_of(request))
        request.strategy = Selector().strategy()  # type: ignore[attr-defined]  # Oscar's own names
        request.baskets = baskets  # type: ignore[attr-defined]
        request.basket = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: _baskets_of(request).current.basket
        )
        response = self.get_response(request)
        _remember(request, response)
        return response


def _baskets_of(request: HttpRequest) -> OpenBaskets:
    found: OpenBaskets | None = getattr(request, "_open_baskets", None)
    if found is None:
        remembered = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN, "")
        user = request.user if request.user.is_authenticated else None
        found = OpenBaskets(user=user, remembered=remembered)
        request._open_baskets = found  # type: ignore[attr-defined]
    return found


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write the cookie only when a page looked at the baskets and the answer changed."""
    baskets: OpenBaskets | None = getattr(request, "_open_baskets", None)
    if baskets is None or not baskets.were_read:
        return
    name = settings.OSCAR_BASKET_COOKIE_OPEN
    wanted = baskets.to_remember()
    if wanted == request.COOKIES.get(name, ""):
        return
    if not wanted:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        wanted,
        max_age=settings.OSCAR_BASKET_COOKIE_LIFETIME,
        secure=settings.OSCAR_BASKET_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
