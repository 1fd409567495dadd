"""The list of products, a new one, its preview, and what state it is in."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creatorhub.foundation.rich_text import html_from_text
from creatorhub.shops.models import Listing
from creatorhub.shops.selectors import listing_cards, picture_set
from creatorhub.shops.services.write_listing import (
    DOWNLOADS,
    ListingError,
    archive_listing,
    create_listing,
    publish_listing,
    unpublish_listing,
)
from creatorhub.studio.catalogue.forms.product import NewProductForm
from creatorhub.studio.catalogue.selectors import STATES, counts_of, listings_in, own_listing
from creatorhub.studio.current_shop import current_shop
from creatorhub.studio.permissions import creator_page, signed_in

PAGE = 24


@require_safe
@creator_page
def products(request: HttpRequest) -> HttpResponse:
    """Everything the shop has, with state, stock and price."""
    shop = current_shop(request)
    state = request.GET.get("state", "all")
    state = state if state in STATES else "all"
    words = request.GET.get("q", "").strip()[:80]
    pages = Paginator(listings_in(shop, state=state, words=words), PAGE)
    page = pages.get_page(request.GET.get("page"))
    shown = Listing.objects.filter(pk__in=[listing.pk for listing in page]).order_by("-pk")
    context = {
        "shop": shop,
        "state": state,
        "words": words,
        "counts": counts_of(shop),
        "page": page,
        "cards": listing_cards(shown),
    }
    return render(request, "studio/catalogue/products.html", context)


@require_http_methods(["GET", "POST"])
@creator_page
def product_new(request: HttpRequest) -> HttpResponse:
    """A draft from a title and a price; the editor opens next."""
    shop = current_shop(request)
    initial = {"way": request.GET.get("way", "own_products")}
    form = NewProductForm(request.POST or None, shop=shop, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        listing = create_listing(
            shop=shop,
            way=facts["way"],
            title=facts["title"],
            price=facts["price"],
            stock=facts["stock"],
            lead=facts["lead"],
            description=html_from_text(facts["description"]),
        )
        messages.success(request, _("Your draft is saved. Add a picture, then publish it."))
        return redirect("studio:product_edit", listing.pk)
    return render(request, "studio/catalogue/product_new.html", {"shop": shop, "form": form})


@require_safe
@signed_in
def product_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the product reads before anyone else may see it."""
    listing = own_listing(request, pk)
    [card] = listing_cards(Listing.objects.filter(pk=listing.pk))
    context = {
        "shop": listing.shop,
        "listing": listing,
        "card": card,
        "pictures": picture_set(listing),
    }
    return render(request, "studio/catalogue/product_preview.html", context)


@require_POST
@signed_in
def product_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish, take back to draft, or put away."""
    listing = own_listing(request, pk)
    moves = {
        "publish": (publish_listing, _("Published. Everyone can see it now.")),
        "unpublish": (unpublish_listing, _("It is a draft again. Nobody but you sees it.")),
        "archive": (archive_listing, _("Put away. You find it under “Put away”.")),
    }
    move, done = moves.get(request.POST.get("do", ""), (None, ""))
    try:
        if move is publish_listing and lacks_files(listing):
            raise ListingError(_("Add the file that buyers will download first."))
        if move is not None:
            move(listing=listing)
            messages.success(request, done)
    except ListingError as error:
        messages.error(request, str(error))
    return redirect("studio:product_edit", listing.pk)


def lacks_files(listing: Listing) -> bool:
    """A download with nothing to download."""
    return listing.way == DOWNLOADS and not listing.files.filter(removed_at=None).exists()
