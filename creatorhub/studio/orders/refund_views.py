"""Giving money back from the studio, and answering buyers who ask for it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from creatorhub.accounts.models import User
from creatorhub.foundation.reasons import reason
from creatorhub.sales.errors import RefundRefusedError, RequestRefusedError
from creatorhub.sales.models import RefundRequest
from creatorhub.sales.services import (
    accept_refund_request,
    decline_refund_request,
    refund_parts,
)
from creatorhub.sales.services.answer_refund_request import parts_asked
from creatorhub.studio.current_shop import remember_shop, shops_of
from creatorhub.studio.orders.refund_form import RefundForm
from creatorhub.studio.orders.refund_preview import RefundPreview, preview
from creatorhub.studio.orders.selectors import SaleView, requests_of, views_of
from creatorhub.studio.orders.views import order_page
from creatorhub.studio.permissions import signed_in


class AnswerForm(forms.Form):
    """What a creator writes to the buyer with a yes or a no."""

    note = forms.CharField(
        label=gettext_lazy("Your words to the buyer"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose lines, pieces or amounts and a reason, see what everyone loses, then confirm."""
    page = order_page(request, pk)
    view: SaleView = page["view"]
    asked = _asked(request, view)
    open_lines = [line for line in view.lines if line.refundable]
    form = RefundForm(request.POST or None, lines=open_lines, initial=_wished(asked))
    page |= {"form": form, "asked": asked}
    seen = _weighed(view, form) if request.method == "POST" and form.is_valid() else None
    if seen is None:
        return render(request, "studio/orders/refund.html", page)
    if "confirmed" not in request.POST:
        page |= {"preview": seen, "hidden": _typed(request), "seen": view.refunded.minor}
        return render(request, "studio/orders/refund_confirm.html", page)
    return _give_back(request, view, form, asked)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def refund_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A buyer asks: what, why and by when to answer; yes to all of it, or no with words."""
    asked = get_object_or_404(requests_of(shops_of(request.user)), pk=pk)
    remember_shop(request, asked.sale.shop)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _answer(request, asked, form):
        return redirect("studio:refund_request", pk)
    (view,) = views_of([asked.sale])
    context = {
        "shop": asked.sale.shop,
        "view": view,
        "asked": asked,
        "reason": reason(asked.reason_code),
        "form": form,
        "preview": _preview_of(asked, view),
    }
    return render(request, "studio/orders/request.html", context)


def _asked(request: HttpRequest, view: SaleView) -> RefundRequest | None:
    """The request that this refund answers, when it was opened from one."""
    pk = request.POST.get("request") or request.GET.get("request") or ""
    rows = RefundRequest.objects.filter(sale=view.sale).prefetch_related("lines__sale_line")
    return rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 18 else None


def _wished(asked: RefundRequest | None) -> dict[str, Any]:
    """The form as the buyer would fill it in."""
    if asked is None:
        return {}
    wished: dict[str, Any] = {"reason_code": asked.reason_code, "lines": []}
    for row in asked.lines.all():
        wished["lines"].append(str(row.sale_line_id))
        wished[f"pieces_{row.sale_line_id}"] = row.quantity
    return wished


def _weighed(view: SaleView, form: RefundForm) -> RefundPreview | None:
    """What it comes to; None when the form now says why it cannot be."""
    try:
        seen = preview(view, form.parts())
    except RefundRefusedError as refusal:
        form.add_error(None, str(refusal))
        return None
    if not seen.lines:
        form.add_error(None, _("Nothing is left to give back on these items."))
        return None
    return seen


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was filled in, to be sent again with the confirmation."""
    left_out = ("csrfmiddlewaretoken", "confirmed", "seen")
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        for value in values
        if name not in left_out
    ]


def _give_back(
    request: HttpRequest, view: SaleView, form: RefundForm, asked: RefundRequest | None
) -> HttpResponse:
    actor, note = cast(User, request.user), form.cleaned_data["note"]
    try:
        if asked is not None:
            accept_refund_request(request=asked, parts=form.parts(), note=note, actor=actor)
        else:
            seen = request.POST.get("seen", "")
            refund_parts(
                sale=view.sale,
                parts=form.parts(),
                reason_code=form.cleaned_data["reason_code"],
                note=note,
                actor=actor,
                seen_minor=int(seen) if seen.isdecimal() and len(seen) < 18 else None,
            )
    except (RefundRefusedError, RequestRefusedError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The money is on its way back to the buyer."))
    return redirect("studio:order", pk=view.sale.pk)


def _answer(request: HttpRequest, asked: RefundRequest, form: AnswerForm) -> bool:
    actor, note = cast(User, request.user), form.cleaned_data["note"]
    says_yes = request.POST.get("answer") == "yes"
    try:
        if says_yes:
            accept_refund_request(request=asked, note=note, actor=actor)
        else:
            decline_refund_request(request=asked, note=note, actor=actor)
    except (RefundRefusedError, RequestRefusedError) as refusal:
        form.add_error("note" if not note and not says_yes else None, str(refusal))
        return False
    messages.success(request, _("Answered. The buyer has been told."))
    return True


def _preview_of(asked: RefundRequest, view: SaleView) -> RefundPreview | None:
    """What a yes to all of it takes from whom; None when nothing is left."""
    if not asked.can_be_answered:
        return None
    try:
        return preview(view, parts_asked(asked))
    except RefundRefusedError:
        return None
