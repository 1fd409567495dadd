"""Asking for money back behind an order's unguessable address, and following the answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.clock import now
from creatorhub.foundation.policy import policy
from creatorhub.foundation.reasons import reason
from creatorhub.foundation.throttle import is_allowed
from creatorhub.sales.errors import RequestRefusedError
from creatorhub.sales.models import RefundRequest, Sale
from creatorhub.sales.models.refund_request import OPEN_STATES
from creatorhub.sales.refund_rights import rights_of
from creatorhub.sales.services.escalate_refund_request import (
    escalate_refund_request,
    escalate_until,
)
from creatorhub.sales.services.open_refund_request import (
    open_refund_request,
    withdraw_refund_request,
)
from creatorhub.storefront.private_pages import private_page
from creatorhub.storefront.refund_forms import RefundAskForm, WordsForm
from creatorhub.storefront.selectors.order_page import PAID, REFUNDED

TRIES, TRIES_SECONDS = 10, 600


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def refund_ask(request: HttpRequest, token: str, sale_id: int) -> HttpResponse:
    """What goes back, why, and in whose words; says first what the shop promised."""
    sale = _sale(token, sale_id)
    waiting = RefundRequest.objects.filter(sale=sale, state__in=OPEN_STATES).first()
    if waiting is not None:
        return redirect("storefront:refund_request", token, waiting.pk)
    rights = rights_of(sale)
    form = RefundAskForm(request.POST or None, rights=rights)
    if request.method == "POST" and form.is_valid():
        asked = _ask(sale, form)
        if asked is not None:
            messages.success(request, _("Sent. The shop has been told."))
            return redirect("storefront:refund_request", token, asked.pk)
    context = {
        "sale": sale,
        "token": token,
        "form": form,
        "closed": [right for right in rights if not right.is_open],
        "answer_days": policy().refund_answer_days,
    }
    return render(request, "storefront/refund_ask.html", context, status=_status(form))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def refund_request(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """What became of it so far, what comes next and by when. POST has our team look, or ends it."""
    asked = get_object_or_404(
        RefundRequest.objects.select_related("sale__shop", "sale__order", "refund")
        .prefetch_related("lines__sale_line__sale")
        .filter(sale__order__checkout__token=token),
        pk=pk,
    )
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _act(request, asked, form.cleaned_data["note"])
        return redirect("storefront:refund_request", token, pk)
    context = {
        "asked": asked,
        "reason": reason(asked.reason_code),
        "token": token,
        "form": form,
        "escalate_until": escalate_until(asked),
        "can_escalate": asked.state == RefundRequest.State.DECLINED
        and escalate_until(asked) > now(),
    }
    return render(request, "storefront/refund_request.html", context, status=_status(form))


def _sale(token: str, sale_id: int) -> Sale:
    """One shop's part of a paid order."""
    rows = Sale.objects.select_related("shop", "order__checkout")
    sale = rows.filter(order__checkout__token=token, pk=sale_id).first()
    if sale is None or sale.order.status not in (PAID, REFUNDED):
        raise Http404
    return sale


def _ask(sale: Sale, form: RefundAskForm) -> RefundRequest | None:
    """The request; None when the form says why there is none."""
    # Each one mails a shop: an order must not become a way to pester it.
    if not is_allowed(key=f"refund_ask:{sale.pk}", limit=TRIES, seconds=TRIES_SECONDS):
        form.add_error(None, _("That was many tries in a short time. Wait ten minutes, please."))
        return None
    try:
        return open_refund_request(
            sale=sale,
            pieces=form.pieces(),
            reason_code=form.cleaned_data["reason_code"],
            note=form.cleaned_data["note"],
        )
    except RequestRefusedError as refusal:
        form.add_error(None, str(refusal))
        return None


def _act(request: HttpRequest, asked: RefundRequest, note: str) -> None:
    try:
        if request.POST.get("act") == "withdraw":
            withdraw_refund_request(request=asked)
            messages.success(request, _("Taken back. The shop has been told."))
        else:
            escalate_refund_request(request=asked, note=note)
            messages.success(request, _("Our team looks at it and writes to you."))
    except RequestRefusedError as refusal:
        messages.error(request, str(refusal))


def _status(form: Any) -> int:
    return 422 if form.errors else 200
