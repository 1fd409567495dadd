"""Which of a person's shops the studio shows now."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from creatorhub.accounts.models import User
from creatorhub.shops.models import Shop

SESSION_KEY = "studio_shop"


def shops_of(user: User | AnonymousUser) -> QuerySet[Shop]:
    """The shops this person owns, oldest first; none for a visitor."""
    if not isinstance(user, User):
        return Shop.objects.none()
    return Shop.objects.filter(owner__user=user).select_related("owner").order_by("opened_at", "id")


def find_current_shop(request: HttpRequest) -> Shop | None:
    """The shop named by ?shop=handle, else the one last looked at, else the first; or None.

    Only the person's own shops are ever looked through, so a foreign handle changes nothing.
    """
    shops = list(shops_of(request.user))
    by_handle = {shop.handle: shop for shop in shops}
    asked = by_handle.get(request.GET.get("shop", ""))
    if asked is not None:
        remember_shop(request, asked)
        return asked
    remembered = by_handle.get(str(request.session.get(SESSION_KEY, "")))
    return remembered or (shops[0] if shops else None)


def current_shop(request: HttpRequest) -> Shop:
    """The shop the studio works on. Http404 when this person owns none (see `creator_page`)."""
    shop = find_current_shop(request)
    if shop is None:
        raise Http404("no shop yet")
    return shop


def remember_shop(request: HttpRequest, shop: Shop) -> None:
    """The studio shows this shop from now on, e.g. after a mail led to one of its orders."""
    request.session[SESSION_KEY] = shop.handle
