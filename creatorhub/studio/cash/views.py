"""What a shop says of orders it collects: paid, not taken, arrived, not here, given back."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.accounts.models import User
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import CashOrder, HandRefund, Sale, TransferReceipt
from creatorhub.sales.services.confirm_cash import confirm_cash, deny_transfer, refuse_delivery
from creatorhub.sales.services.give_back_by_hand import say_refund_given
from creatorhub.sales.services.settle_debts import owed_for
from creatorhub.studio.cash.forms import DenyForm, GivenBackForm, NotTakenForm
from creatorhub.studio.cash.selectors import cash_of_sale
from creatorhub.studio.current_shop import remember_shop, shops_of
from creatorhub.studio.permissions import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_collected(request: HttpRequest, pk: int) -> HttpResponse:
    """Delivered, and paid at the door."""
    sale, cash = _sale(request, pk)
    if request.method == "POST":
        try:
            confirm_cash(cash=cash, actor=request.user)
        except CashRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The order is paid."))
        return redirect("studio:order", pk)
    context = {"sale": sale, "cash": cash, "shop": sale.shop, "owed": owed_for(sale)}
    return render(request, "studio/cash/collected.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_not_taken(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer did not take it, was not there, or it cannot be sent."""
    sale, cash = _sale(request, pk)
    form = NotTakenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse_delivery(cash=cash, actor=request.user, **form.cleaned_data)
        except CashRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("The order is closed. You owe nothing, and the buyer has been told.")
            )
        return redirect("studio:order", pk)
    context = {"sale": sale, "cash": cash, "shop": sale.shop, "form": form}
    return render(request, "studio/cash/not_taken.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_given_back(request: HttpRequest, pk: int, refund_id: int) -> HttpResponse:
    """The shop handed money back, and says how."""
    rows = HandRefund.objects.filter(refund__sale__shop__in=shops_of(request.user))
    row = get_object_or_404(
        rows.select_related("refund__sale__shop"), refund=refund_id, refund__sale=pk
    )
    form = GivenBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            say_refund_given(refund=row.refund, how=form.cleaned_data["how"], actor=request.user)
        except CashRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The buyer has been told."))
        return redirect("studio:order", pk)
    context = {"row": row, "sale": row.refund.sale, "shop": row.refund.sale.shop, "form": form}
    return render(request, "studio/cash/given_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """A transfer to look for: its receipts, and whether it is there."""
    cash = _transfer(request, pk)
    form = DenyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, cash, form)
    context = {"cash": cash, "shop": cash.shop, "form": form, "receipts": cash.receipts.all()}
    return render(request, "studio/cash/transfer.html", context)


@require_safe
@signed_in
def transfer_receipt(request: HttpRequest, pk: int, receipt_id: int) -> HttpResponseBase:
    """The picture a buyer sent; it was drawn anew when it came."""
    user = cast(User, request.user)
    rows = TransferReceipt.objects.exclude(picture="").filter(cash_order=pk)
    if not user.is_staff:
        rows = rows.filter(cash_order__shop__in=shops_of(user))
    receipt = get_object_or_404(rows, pk=receipt_id)
    answer = FileResponse(receipt.picture.open("rb"), content_type="image/webp")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _answer(request: HttpRequest, cash: CashOrder, form: DenyForm) -> HttpResponse:
    try:
        if "arrived" in request.POST:
            confirm_cash(cash=cash, actor=request.user)
            messages.success(request, _("Thank you. Now the order is yours to send."))
            sale = Sale.objects.get(order=cash.checkout.order_id)
            return redirect("studio:order", sale.pk)
        deny_transfer(cash=cash, note=form.cleaned_data["note"], actor=request.user)
        messages.success(request, _("The buyer has been told and can answer."))
    except CashRefusedError as refusal:
        messages.warning(request, str(refusal))
    return redirect("studio:orders")


def _sale(request: HttpRequest, pk: int) -> tuple[Sale, CashOrder]:
    """A sale that this person's shop collects; a foreign one does not exist."""
    rows = Sale.objects.filter(shop__in=shops_of(request.user), collected_by="shop")
    sale = get_object_or_404(rows.select_related("shop", "order"), pk=pk)
    remember_shop(request, sale.shop)
    cash = cash_of_sale(sale)
    assert cash is not None  # noqa: S101  Every sale collected by its shop has one.
    return sale, cash


def _transfer(request: HttpRequest, pk: int) -> CashOrder:
    rows = CashOrder.objects.filter(
        shop__in=shops_of(request.user), way=CashOrder.Way.TRANSFER
    ).select_related("checkout__order", "shop__owner")
    cash: CashOrder = get_object_or_404(rows, pk=pk)
    remember_shop(request, cash.shop)
    return cash
