"""Shop settings: five small forms on one page, each saved by itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.pictures import PictureError
from creatorhub.foundation.policy import policy
from creatorhub.foundation.reasons import reason
from creatorhub.sales.offline_ways import terms_of
from creatorhub.shops.handles import HandleError
from creatorhub.shops.models import Shop
from creatorhub.shops.selectors import image_sources
from creatorhub.shops.services.change_shop import ShopError, set_face
from creatorhub.studio.cash.forms import OfflineForm
from creatorhub.studio.catalogue.forms.shop import (
    FaceForm,
    HandleForm,
    RefundForm,
    ShippingForm,
    ShopForm,
    WordsForm,
)
from creatorhub.studio.current_shop import current_shop, remember_shop
from creatorhub.studio.permissions import creator_page

PARTS: dict[str, type[ShopForm | OfflineForm]] = {
    "words": WordsForm,
    "face": FaceForm,
    "shipping": ShippingForm,
    "refunds": RefundForm,
    "offline": OfflineForm,
    "handle": HandleForm,
}


@require_http_methods(["GET", "POST"])
@creator_page
def shop_settings(request: HttpRequest) -> HttpResponse:
    """What was typed in one part stays when that part has a mistake."""
    shop = current_shop(request)
    forms = {name: form(shop=shop, actor=request.user) for name, form in PARTS.items()}
    part = request.POST.get("part", "")
    if request.method == "POST" and part in PARTS:
        files = request.FILES or None
        form = PARTS[part](request.POST, files, shop=shop, actor=request.user)
        forms[part] = form
        if form.is_valid() and _save(request, form, shop):
            shop.refresh_from_db()
            remember_shop(request, shop)
            messages.success(request, _("Saved."))
            return redirect("studio:shop_settings")
    shop.refresh_from_db()
    terms = terms_of(shop)
    context = {
        "shop": shop,
        "forms": forms,
        "terms": terms,
        "paused": reason(terms.paused_reason) if terms and terms.is_paused else None,
        "avatar": image_sources(shop.avatar),
        "cover": image_sources(shop.cover),
        "least_refund_days": policy().refund_window_days,
    }
    return render(request, "studio/catalogue/settings.html", context)


def _save(request: HttpRequest, form: ShopForm | OfflineForm, shop: Shop) -> bool:
    try:
        if isinstance(form, FaceForm):
            _save_face(request, form, shop)
        else:
            form.save()
    except (HandleError, ShopError) as error:
        form.add_error(next(iter(form.fields)), str(error))
    return not form.errors


def _save_face(request: HttpRequest, form: FaceForm, shop: Shop) -> None:
    for part in ("avatar", "cover"):
        file = form.cleaned_data.get(part)
        try:
            if file or request.POST.get(f"remove_{part}"):
                set_face(shop=shop, part=part, file=file)
        except PictureError as error:
            form.add_error(part, str(error))
