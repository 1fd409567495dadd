"""Letting money wait, and letting it go: the list, the freeze, its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.foundation.reasons import reason
from creatorhub.payouts.models import Payee, PayeeHold
from creatorhub.sales.errors import FreezeRefusedError
from creatorhub.sales.models import Sale, SaleFreeze
from creatorhub.sales.services.freeze_payee import freeze_payee, unfreeze_payee
from creatorhub.sales.services.freeze_sale import freeze_sale, unfreeze_sale
from creatorhub.studio.desk.holds import selectors
from creatorhub.studio.desk.holds.forms import EndForm, FindForm, FreezeForm
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page


@require_safe
@staff_page
def hold_list(request: HttpRequest) -> HttpResponse:
    """Whose money waits, why, until when, who decided; appeals; and whom to look for."""
    form = FindForm(request.GET if "q" in request.GET else None)
    words = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    context = {
        "waiting": selectors.everything_waiting(),
        "appeals": selectors.open_appeals(),
        "form": form,
        "words": words,
        "payees": selectors.payees_like(words),
        "sales": selectors.sales_like(words),
        "counts": counts(),
    }
    return render(request, "studio/desk/holds/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def payee_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop one person's payouts, with a reason, words and a date."""
    payee = get_object_or_404(Payee.objects.select_related("party__user"), pk=pk)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freeze_payee(payee=payee, actor=request.user, **form.decision())
        except FreezeRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Their payouts wait. They have been told why."))
            return redirect("studio:desk_holds")
    context = {
        "name": payee.party.name,
        "about": payee.party.user.email if payee.party.user else "",
        "money": selectors.money_of(payee),
        "holds": selectors.open_holds_of(payee),
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/holds/freeze.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def sale_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the money of one sale."""
    sale = get_object_or_404(Sale.objects.select_related("shop", "order"), pk=pk)
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freeze_sale(sale=sale, actor=request.user, **form.decision())
        except FreezeRefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The money of this sale waits. Everyone has been told."))
            return redirect("studio:desk_holds")
    context = {
        "name": sale.shop.name,
        "about": sale.order.number,
        "money": [sale.total],
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/holds/freeze.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def payee_hold_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody be paid again."""
    rows = PayeeHold.objects.filter(closed_at=None).select_related("payee__party", "opened_by")
    hold = get_object_or_404(rows, pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unfreeze_payee(hold=hold, outcome=form.cleaned_data["outcome"], actor=request.user)
        messages.success(request, _("It waits no longer. They have been told."))
        return redirect("studio:desk_holds")
    context = {"hold": hold, "name": hold.payee.party.name, "reason": reason(hold.reason_code)}
    context |= {"form": form, "counts": counts()}
    return render(request, "studio/desk/holds/end.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def sale_freeze_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the money of a sale go again."""
    rows = SaleFreeze.objects.filter(closed_at=None).select_related(
        "sale__shop", "sale__order", "opened_by"
    )
    freeze = get_object_or_404(rows, pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        unfreeze_sale(freeze=freeze, outcome=form.cleaned_data["outcome"], actor=request.user)
        messages.success(request, _("It waits no longer. They have been told."))
        return redirect("studio:desk_holds")
    context = {"hold": freeze, "name": freeze.sale.shop.name, "about": freeze.sale.order.number}
    context |= {"reason": reason(freeze.reason_code), "form": form, "counts": counts()}
    return render(request, "studio/desk/holds/end.html", context)
