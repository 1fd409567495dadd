"""What a buyer says of money that goes to the shop directly: here is my receipt; nothing came."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.foundation.pictures import PictureError, clean_picture
from creatorhub.foundation.throttle import is_allowed
from creatorhub.money import Money
from creatorhub.sales.errors import CashRefusedError
from creatorhub.sales.models import Checkout
from creatorhub.sales.services.confirm_cash import send_receipt
from creatorhub.sales.services.give_back_by_hand import contest_refund
from creatorhub.storefront.forms import ContestForm, ReceiptForm
from creatorhub.storefront.private_pages import private_page
from creatorhub.storefront.selectors.cash_page import (
    CashPage,
    cash_page,
    find_cash_order,
    find_hand_refund,
)
from creatorhub.storefront.selectors.order_page import find_checkout, order_page

RECEIPTS = 10
TRIES_SECONDS = 3600


@private_page
@require_POST
def order_receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of a receipt, or words about it; the shop is told."""
    found = _find(token)
    cash = find_cash_order(found)
    if cash is None:
        raise Http404
    form = ReceiptForm(request.POST, request.FILES)
    if not is_allowed(key=f"receipt:{found.pk}", limit=RECEIPTS, seconds=TRIES_SECONDS):
        form.add_error(None, _("That was many tries in a short time. Wait an hour, please."))
    picture = _clean(form)
    if form.errors:
        return show_transfer(request, found, form, status=422)
    try:
        send_receipt(cash=cash, picture=picture, note=form.cleaned_data["note"])
    except CashRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The shop looks at its account and answers you."))
    return redirect("storefront:order", token)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def order_not_received(request: HttpRequest, token: str, refund_id: int) -> HttpResponse:
    """The shop says that it gave money back; the buyer says that it did not come."""
    found = _find(token)
    row = find_hand_refund(found, refund_id)
    if row is None:
        raise Http404
    form = ContestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            contest_refund(refund=row.refund, note=form.cleaned_data["note"])
        except CashRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Our team looks at it and writes to you."))
        return redirect("storefront:order", token)
    amount = Money(row.refund.amount_minor, row.refund.sale.currency)
    context = {"checkout": found, "row": row, "form": form, "amount": amount}
    return render(request, "storefront/order_not_received.html", context)


def show_transfer(
    request: HttpRequest, found: Checkout, form: ReceiptForm, status: int = 200
) -> HttpResponse:
    """Where to transfer, what to write, and the receipt; or that the shop is looking."""
    page: CashPage | None = cash_page(found)
    context = {"page": order_page(found), "checkout": found, "cash": page, "form": form}
    return render(request, "storefront/order_transfer.html", context, status=status)


def _find(token: str) -> Checkout:
    found = find_checkout(token)
    if found is None:
        raise Http404
    return found


def _clean(form: ReceiptForm) -> ContentFile[bytes] | None:
    """The picture drawn anew, without the place and the device it was taken with."""
    if not form.is_valid() or not form.cleaned_data["picture"]:
        return None
    try:
        return clean_picture(file=form.cleaned_data["picture"]).content
    except PictureError as error:
        form.add_error("picture", str(error))
        return None
