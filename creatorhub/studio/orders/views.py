"""Orders of the current shop: list, page, packing list, sent, given back."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.accounts.models import User
from creatorhub.foundation.clock import today
from creatorhub.sales.services import send_lines
from creatorhub.studio.csv_export import csv_answer
from creatorhub.studio.current_shop import current_shop, remember_shop, shops_of
from creatorhub.studio.orders import export
from creatorhub.studio.orders.forms import SendForm
from creatorhub.studio.orders.selectors import (
    ALL,
    FILTERS,
    TO_SEND,
    SaleView,
    count_asked,
    count_to_send,
    sales_of,
    views_of,
)
from creatorhub.studio.permissions import creator_page, signed_in

PAGE = 25
EXPORT_AT_MOST = 5000


@require_safe
@creator_page
def orders(request: HttpRequest) -> HttpResponse:
    """The list, with what waits to be sent first."""
    shop = current_shop(request)
    counts = count_to_send(shop=shop)
    show = request.GET.get("show", TO_SEND if counts["orders"] else ALL)
    show = show if show in FILTERS else ALL
    words = request.GET.get("q", "").strip()[:80]
    page = Paginator(sales_of(shops=[shop], show=show, words=words), PAGE).get_page(
        request.GET.get("page")
    )
    context = {"shop": shop, "show": show, "words": words, "counts": counts, "page": page}
    context["asked"] = count_asked(shop=shop)
    return render(request, "studio/orders/list.html", context | {"rows": views_of(list(page))})


@require_safe
@creator_page
def orders_csv(request: HttpRequest) -> HttpResponse:
    """The newest orders as a file."""
    shop = current_shop(request)
    show = request.GET.get("show", ALL)
    sales = list(sales_of(shops=[shop], show=show if show in FILTERS else ALL)[:EXPORT_AT_MOST])
    return csv_answer(
        filename=f"orders-{shop.handle}-{today().isoformat()}.csv",
        header=export.header(),
        rows=export.rows(views_of(sales)),
    )


@require_safe
@signed_in
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One sale: what to pack, for whom, and where every cent of it is."""
    return render(request, "studio/orders/order.html", order_page(request, pk))


@require_safe
@signed_in
def packing(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to print and put into the parcel."""
    return render(request, "studio/orders/packing.html", order_page(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark some or all lines as sent."""
    page = order_page(request, pk)
    view: SaleView = page["view"]
    chosen = {"lines": [str(line.line.pk) for line in view.to_send]}
    form = SendForm(request.POST or None, lines=view.to_send, initial=chosen)
    if request.method == "POST" and form.is_valid():
        how = {name: form.cleaned_data[name] for name in ("carrier", "tracking_number")}
        send_lines(
            sale=view.sale,
            line_ids=form.line_ids(),
            tracking_url=form.cleaned_data["tracking_url"],
            actor=cast(User, request.user),
            **how,
        )
        messages.success(request, _("Marked as sent. The buyer has been told."))
        return redirect("studio:order", pk=pk)
    return render(request, "studio/orders/send.html", page | {"form": form})


def order_page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The sale if one of this person's shops made it; a foreign one does not exist."""
    sale = get_object_or_404(sales_of(shops=shops_of(request.user)), pk=pk)
    remember_shop(request, sale.shop)
    return {"shop": sale.shop, "view": views_of([sale])[0]}
