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
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.services import refund_lines, send_lines
from creatorhub.studio.csv_export import csv_answer
from creatorhub.studio.current_shop import current_shop, remember_shop, shops_of
from creatorhub.studio.orders import export
from creatorhub.studio.orders.forms import RefundForm, SendForm
from creatorhub.studio.orders.refund_preview import preview
from creatorhub.studio.orders.selectors import (
    ALL,
    FILTERS,
    TO_SEND,
    SaleView,
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
    return render(request, "studio/orders/order.html", _page(request, pk))


@require_safe
@signed_in
def packing(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet to print and put into the parcel."""
    return render(request, "studio/orders/packing.html", _page(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark some or all lines as sent."""
    page = _page(request, pk)
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


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose lines and a reason, see what everyone loses, then confirm."""
    page = _page(request, pk)
    view: SaleView = page["view"]
    open_lines = [line for line in view.lines if line.refundable]
    form = RefundForm(request.POST or None, lines=open_lines)
    if request.method != "POST" or not form.is_valid():
        return render(request, "studio/orders/refund.html", page | {"form": form})
    if "confirmed" not in request.POST:
        page |= {"form": form, "preview": preview(view, form.line_ids())}
        return render(request, "studio/orders/refund_confirm.html", page)
    return _give_back(request, view, form)


def _give_back(request: HttpRequest, view: SaleView, form: RefundForm) -> HttpResponse:
    try:
        refund_lines(
            sale=view.sale,
            sale_lines=form.line_ids(),
            reason_code=form.cleaned_data["reason_code"],
            note=form.cleaned_data["note"],
            actor=cast(User, request.user),
        )
    except RefundRefusedError:
        messages.error(request, _("Nothing is left to give back on these items."))
    else:
        messages.success(request, _("The money is on its way back to the buyer."))
    return redirect("studio:order", pk=view.sale.pk)


def _page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The sale if one of this person's shops made it; a foreign one does not exist."""
    sale = get_object_or_404(sales_of(shops=shops_of(request.user)), pk=pk)
    remember_shop(request, sale.shop)
    return {"shop": sale.shop, "view": views_of([sale])[0]}
