"""Pictures: ten photos become ten drafts; pictures of one product."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.foundation.keys import read_key
from creatorhub.foundation.pictures import PictureError
from creatorhub.money import Money
from creatorhub.shops.models import Listing, Shop
from creatorhub.shops.selectors import with_cards
from creatorhub.shops.services.add_picture import (
    MOST_PICTURES,
    add_picture,
    arrange_pictures,
    remove_picture,
)
from creatorhub.shops.services.write_listing import OWN_PRODUCTS, create_listing
from creatorhub.studio.catalogue.forms.photos import DraftRow, draft_rows, save_rows
from creatorhub.studio.catalogue.forms.posts import PicturesForm
from creatorhub.studio.catalogue.selectors import own_listing
from creatorhub.studio.current_shop import current_shop
from creatorhub.studio.permissions import creator_page, signed_in


@require_http_methods(["GET", "POST"])
@creator_page
def products_from_photos(request: HttpRequest) -> HttpResponse:
    """Photos in, drafts out; a photo that cannot be read is named and the others go on."""
    shop = current_shop(request)
    form = PicturesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = [_draft(request, shop, file) for file in form.cleaned_data["pictures"]]
        ids = ",".join(str(listing.pk) for listing in made if listing)
        if ids:
            return redirect(f"{reverse('studio:photo_prices')}?ids={ids}")
    return render(request, "studio/catalogue/photos.html", {"shop": shop, "form": form})


@require_http_methods(["GET", "POST"])
@creator_page
def photo_prices(request: HttpRequest) -> HttpResponse:
    """Title and price of every new draft on one page; those that have both can be published."""
    shop = current_shop(request)
    drafts = _asked_drafts(request, shop)
    if not drafts:
        return redirect("studio:products")
    rows = draft_rows(drafts, shop, request.POST if request.method == "POST" else None)
    if request.method == "POST" and all(row.form.is_valid() for row in rows):
        published = save_rows(rows, publish=request.POST.get("do") == "publish")
        _say(request, published, rows)
        return redirect("studio:products")
    context = {"shop": shop, "rows": rows, "ids": request.GET.get("ids", "")}
    return render(request, "studio/catalogue/photo_prices.html", context)


@require_POST
@signed_in
def product_pictures(request: HttpRequest, pk: int) -> HttpResponse:
    """More pictures for one product."""
    listing = own_listing(request, pk)
    form = PicturesForm(request.POST, request.FILES)
    if form.is_valid():
        for file in form.cleaned_data["pictures"]:
            if listing.pictures.count() >= MOST_PICTURES:
                messages.error(request, _("A product can have at most 20 pictures."))
                break
            _add(request, listing, file)
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["pictures"]))
    return redirect(reverse("studio:product_edit", args=[listing.pk]) + "#pictures")


@require_POST
@signed_in
def product_picture(request: HttpRequest, pk: int, picture_pk: int) -> HttpResponse:
    """Put a picture first, one place earlier or later, or take it away."""
    listing = own_listing(request, pk)
    picture = get_object_or_404(listing.pictures, pk=picture_pk)
    order = list(listing.pictures.values_list("pk", flat=True))
    place = order.index(picture.pk)
    to = {"first": 0, "earlier": max(0, place - 1), "later": place + 1}
    do = request.POST.get("do", "")
    if do == "remove":
        remove_picture(picture=picture)
    elif do in to:
        order.insert(to[do], order.pop(place))
        arrange_pictures(listing=listing, order=order)
    return redirect(reverse("studio:product_edit", args=[listing.pk]) + "#pictures")


def _draft(request: HttpRequest, shop: Shop, file: UploadedFile[bytes]) -> Listing | None:
    try:
        with transaction.atomic():
            listing = create_listing(
                shop=shop, way=OWN_PRODUCTS, title="", price=Money.zero(shop.currency)
            )
            add_picture(listing=listing, file=file)
    except PictureError as error:
        messages.error(request, f"{file.name}: {error}")
        return None
    return listing


def _add(request: HttpRequest, listing: Listing, file: UploadedFile[bytes]) -> None:
    try:
        add_picture(listing=listing, file=file)
    except PictureError as error:
        messages.error(request, f"{file.name}: {error}")


def _asked_drafts(request: HttpRequest, shop: Shop) -> QuerySet[Listing]:
    ids = filter(None, map(read_key, request.GET.get("ids", "").split(",")[:10]))
    drafts = Listing.objects.filter(shop=shop, pk__in=list(ids), state=Listing.State.DRAFT)
    return with_cards(drafts.order_by("pk"))


def _say(request: HttpRequest, published: int, rows: list[DraftRow]) -> None:
    if published:
        said = ngettext(
            "%(count)s product is on sale.", "%(count)s products are on sale.", published
        )
        messages.success(request, said % {"count": published})
    elif rows:
        messages.success(request, _("Your drafts are saved."))
