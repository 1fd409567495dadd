"""The full product editor, and the files of downloads."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.offers.access.services import add_file, remove_file
from creatorhub.offers.errors import FileRefusedError
from creatorhub.shops.models import Listing
from creatorhub.shops.selectors import picture_set
from creatorhub.shops.services.set_variants import set_variants
from creatorhub.shops.services.write_listing import DOWNLOADS, update_listing
from creatorhub.studio.catalogue.forms.posts import FileForm, PicturesForm
from creatorhub.studio.catalogue.forms.product import (
    ProductForm,
    VariantsFormSet,
    variants_formset,
)
from creatorhub.studio.catalogue.selectors import own_listing
from creatorhub.studio.permissions import signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Words, price or variants on one page; pictures, files and state are forms beside it."""
    listing = own_listing(request, pk)
    is_post = request.method == "POST"
    form = ProductForm(request.POST if is_post else None, listing=listing)
    rows = variants_formset(listing, request.POST if is_post else None)
    if is_post and form.is_valid() and rows.is_valid():
        save(listing, form, rows)
        messages.success(request, _("Saved."))
        return redirect("studio:product_edit", listing.pk)
    return render(request, "studio/catalogue/product_edit.html", page_of(listing, form, rows))


@transaction.atomic
def save(listing: Listing, form: ProductForm, rows: VariantsFormSet) -> None:
    """All of it or nothing of it."""
    update_listing(listing=listing, **form.words())
    drafts = rows.drafts(form.option_names())
    single = form.single_draft()
    if not drafts and single is not None:
        drafts = [single]
    if drafts:
        set_variants(listing=listing, variants=drafts)


def page_of(listing: Listing, form: ProductForm, rows: VariantsFormSet) -> dict[str, Any]:
    """What the editor's template shows."""
    return {
        "shop": listing.shop,
        "listing": listing,
        "form": form,
        "rows": rows,
        "has_choices": any(one.options for one in form.variants) or rows.has_mistakes(),
        "pictures": picture_set(listing),
        "pictures_form": PicturesForm(),
        "is_download": listing.way == DOWNLOADS,
        "files": listing.files.filter(removed_at=None),
        "file_form": FileForm(),
    }


@require_POST
@signed_in
def product_files(request: HttpRequest, pk: int) -> HttpResponse:
    """One more file, into private storage."""
    listing = own_listing(request, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_file(listing=listing, upload=form.cleaned_data["file"])
            messages.success(request, _("The file is there. Only buyers can download it."))
        except FileRefusedError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("studio:product_edit", listing.pk)


@require_POST
@signed_in
def product_file(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """Take a file away from new buyers."""
    listing = own_listing(request, pk)
    remove_file(file=get_object_or_404(listing.files, pk=file_pk, removed_at=None))
    messages.success(request, _("New buyers will not get this file. Those who have it keep it."))
    return redirect("studio:product_edit", listing.pk)
