"""Buyers and shops who do not agree, and money that did not arrive."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.sales.errors import RefundRefusedError, RequestRefusedError
from creatorhub.sales.models import RefundRequest
from creatorhub.sales.refund_rights import rights_of
from creatorhub.sales.services import decide_refund_request, repeat_refund, repeat_return
from creatorhub.studio.desk import refunds
from creatorhub.studio.desk.refund_forms import DecideForm
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page


class MakeGoodForm(forms.Form):
    """How a refund that did not arrive is made good."""

    proof = forms.CharField(
        label=gettext_lazy("The bank's reference"),
        help_text=gettext_lazy("Only if you paid it from our own bank account. The buyer sees it."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, by_bank: bool = False) -> None:
        super().__init__(data)
        self.fields["proof"].required = by_bank
        self.fields["proof"].error_messages["required"] = _("Write the reference of the payment.")


@require_safe
@staff_page
def refund_desk(request: HttpRequest) -> HttpResponse:
    """What waits, by when it was promised, and what was decided lately."""
    context = {
        "escalated": refunds.escalated_requests(),
        "failed": [(row, _amount(row)) for row in refunds.failed_refunds()],
        "returns": refunds.failed_returns(),
        "decided": refunds.decided_requests(),
        "counts": counts(),
    }
    return render(request, "studio/desk/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def refund_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides' words, what is left, and the decision: all of it, some of it, or nothing."""
    asked = get_object_or_404(refunds.seen_requests(), pk=pk)
    form = DecideForm(request.POST or None, rights=rights_of(asked.sale), asked=asked)
    if request.method == "POST" and form.is_valid() and _decide(request, asked, form):
        return redirect("studio:desk_refunds")
    context = {
        "asked": asked,
        "reason": reason(asked.reason_code),
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/refund_decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def refund_failed(request: HttpRequest, pk: int) -> HttpResponse:
    """A refund the buyer's bank did not take: send it again, or say how it was paid instead."""
    failed = get_object_or_404(refunds.failed_refunds(), pk=pk)
    form = _make_good_form(request)
    if request.method == "POST" and form.is_valid():
        proof = form.cleaned_data["proof"]
        return _made_good(
            request, lambda: repeat_refund(refund=failed, actor=_me(request), proof=proof)
        )
    context = {
        "amount": _amount(failed),
        "checkout": failed.sale.order.checkout,
        "sale": failed.sale,
        "lines": [row.sale_line.title for row in failed.lines.all()],
        "since": failed.created_at,
        "reason": reason(failed.reason_code),
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/refund_failed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def return_failed(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a payment that became no order."""
    failed = get_object_or_404(refunds.failed_returns(), pk=pk)
    form = _make_good_form(request)
    if request.method == "POST" and form.is_valid():
        proof = form.cleaned_data["proof"]
        return _made_good(
            request, lambda: repeat_return(returned=failed, actor=_me(request), proof=proof)
        )
    context = {
        "amount": failed.amount,
        "checkout": failed.checkout,
        "lines": list(failed.checkout.order.lines.values_list("title", flat=True)),
        "since": failed.created_at,
        "reason": reason(failed.reason_code),
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/refund_failed.html", context)


def _decide(request: HttpRequest, asked: RefundRequest, form: DecideForm) -> bool:
    try:
        decide_refund_request(
            request=asked,
            gives_back=form.gives_back,
            parts=form.parts(),
            note=form.cleaned_data["note"],
            actor=_me(request),
        )
    except RefundRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    except RequestRefusedError as refusal:
        messages.error(request, str(refusal))
        return True
    messages.success(request, _("Decided. The buyer and the shop have been told."))
    return True


def _make_good_form(request: HttpRequest) -> MakeGoodForm:
    return MakeGoodForm(request.POST or None, by_bank=request.POST.get("how") == "bank")


def _made_good(request: HttpRequest, act: Any) -> HttpResponse:
    try:
        act()
    except RefundRefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The buyer has been told."))
    return redirect("studio:desk_refunds")


def _amount(row: Any) -> Money:
    return Money(row.amount_minor, row.sale.currency)


def _me(request: HttpRequest) -> Any:
    return request.user
