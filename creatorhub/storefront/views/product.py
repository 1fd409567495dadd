"""One thing to buy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creatorhub.affiliates.selectors import share_offer, who_earns
from creatorhub.foundation.keys import read_key
from creatorhub.offers.access.selectors import files_of_listing
from creatorhub.shops.models import Listing
from creatorhub.shops.selectors import find_listing, image_sources
from creatorhub.social_share import touch_cookie
from creatorhub.storefront.selectors.product_page import more_from_shop, product_page
from creatorhub.storefront.views.shop import shop_is_away


@require_safe
def product(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """Pictures, price, choice, promises, who earns, and the one button."""
    listing = find_listing(handle=handle.lower(), slug=slug)
    if listing is None:
        return _is_gone(request, handle, slug)
    context = {
        "page": product_page(listing, asked_variant=read_key(request.GET.get("variant", ""))),
        "listing": listing,
        "shop": listing.shop,
        "files": files_of_listing(listing),
        "avatar": image_sources(listing.shop.avatar),
        "more": more_from_shop(listing),
        "share_offer": share_offer(listing),
        "earner": who_earns(shop=listing.shop, clicks=touch_cookie.read(request)),
    }
    return render(request, "storefront/product.html", context)


def _is_gone(request: HttpRequest, handle: str, slug: str) -> HttpResponse:
    """Sold here once: say so and lead to the shop. A draft was never here."""
    gone = (
        Listing.objects.filter(shop__handle=handle.lower(), slug=slug)
        .exclude(state=Listing.State.DRAFT)
        .select_related("shop")
        .first()
    )
    if gone is None or not gone.shop.is_visible:
        if gone is None and Listing.objects.filter(shop__handle=handle.lower(), slug=slug).exists():
            raise Http404
        return shop_is_away(request, handle, "storefront:product", slug)
    return render(
        request, "storefront/product_gone.html", {"listing": gone, "shop": gone.shop}, status=410
    )
