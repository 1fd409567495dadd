"""A shop at its handle, and its posts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from creatorhub.affiliates.selectors import share_offer, share_offer_of_shop, who_earns
from creatorhub.shops.models import Shop
from creatorhub.shops.selectors import (
    find_post,
    find_shop,
    image_sources,
    listing_cards,
    published_listings,
    shop_of_old_handle,
)
from creatorhub.social_share import touch_cookie
from creatorhub.storefront.selectors.market import picture_of_post
from creatorhub.storefront.selectors.shop_page import shop_page


@require_safe
def shop(request: HttpRequest, handle: str) -> HttpResponse:
    """The link in a bio: who this is, what they offer, what they write."""
    found = find_shop(handle=handle.lower())
    if found is None:
        return shop_is_away(request, handle)
    page = shop_page(found, number=request.GET.get("page", "1"))
    return render(
        request,
        "storefront/shop.html",
        {"shop": found, "page": page, "share_offer": share_offer_of_shop(found)},
    )


@require_safe
def post(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """A post, with what it shows for sale beside it."""
    shop_of_post = find_shop(handle=handle.lower())
    if shop_of_post is None:
        return shop_is_away(request, handle, "storefront:post", slug)
    found = find_post(handle=handle.lower(), slug=slug)
    if found is None:
        raise Http404
    listings = published_listings().filter(pk=found.listing_id)
    context = {
        "post": found,
        "shop": shop_of_post,
        "picture": picture_of_post(found),
        "avatar": image_sources(shop_of_post.avatar),
        "card": next(iter(listing_cards(listings)), None) if found.listing_id else None,
        "share_offer": share_offer(found.listing) if found.listing else None,
        "earner": who_earns(shop=shop_of_post, clicks=touch_cookie.read(request)),
    }
    return render(request, "storefront/post.html", context)


def shop_is_away(
    request: HttpRequest, handle: str, url_name: str = "storefront:shop", *args: str
) -> HttpResponse:
    """Somewhere else, closed, or never there: each with its own answer."""
    moved = shop_of_old_handle(handle=handle.lower())
    if moved is not None:
        return redirect(url_name, moved.handle, *args, permanent=False)
    away = Shop.objects.filter(handle=handle.lower()).first()
    if away is None or away.is_visible:
        raise Http404
    return render(request, "storefront/shop_away.html", {"shop_name": away.name}, status=410)
