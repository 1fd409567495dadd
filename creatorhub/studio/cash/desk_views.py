"""What our team decides about money from hand to hand, and the debts shops pay in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.sales.errors import CashRefusedError, PaidInBeforeError
from creatorhub.sales.models import OfflineTerms
from creatorhub.sales.services.confirm_cash import close_unpaid, confirm_cash
from creatorhub.sales.services.give_back_by_hand import decide_contest
from creatorhub.sales.services.judge_collecting import allow_collecting, stop_collecting
from creatorhub.sales.services.settle_debts import pay_in, settle_debts_of
from creatorhub.studio.cash.forms import PayInForm
from creatorhub.studio.cash.selectors import contested, escalated, owing_shops
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def cash_desk(request: HttpRequest) -> HttpResponse:
    """Orders nobody confirmed, refunds buyers contest, shops that owe; POST is a payment in."""
    form = PayInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _paid_in(request, form):
        return redirect("studio:desk_cash")
    context = {
        "counts": counts(),
        "escalated": escalated(),
        "contested": contested(),
        "owing": owing_shops(),
        "form": form,
    }
    return render(request, "studio/cash/desk.html", context)


@require_POST
@staff_page
def cash_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """It was paid, or it was not: both sides are told."""
    cash = get_object_or_404(escalated(), pk=pk)
    was_paid = "paid" in request.POST
    decide = confirm_cash if was_paid else close_unpaid
    return _do(request, _("Decided. Both sides are told."), decide, cash=cash, actor=request.user)


@require_POST
@staff_page
def cash_contest(request: HttpRequest, pk: int) -> HttpResponse:
    """The buyer got it back, or did not."""
    row = get_object_or_404(contested(), pk=pk)
    return _do(
        request,
        _("Decided. The books follow."),
        decide_contest,
        refund=row.refund,
        was_given="given" in request.POST,
        actor=request.user,
    )


@require_POST
@staff_page
def cash_privilege(request: HttpRequest, pk: int) -> HttpResponse:
    """A shop may collect money itself, or not any more."""
    terms = get_object_or_404(OfflineTerms, pk=pk)
    change = allow_collecting if terms.is_paused else stop_collecting
    return _do(request, _("Changed. The shop is told."), change, terms=terms, actor=request.user)


def _do(request: HttpRequest, sentence: str, act: Any, **about: Any) -> HttpResponse:
    try:
        act(**about)
    except CashRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("studio:desk_cash")


def _paid_in(request: HttpRequest, form: PayInForm) -> bool:
    facts = form.cleaned_data
    party, amount = facts["payee"], facts["amount"]
    try:
        pay_in(party=party, amount=amount, reference=facts["reference"], actor=request.user)
    except PaidInBeforeError:
        form.add_error("reference", _("Each one counts once."))
        return False
    except CashRefusedError:
        form.add_error("amount", _("They owe less than that. Give back what is too much."))
        return False
    settle_debts_of(party=party, currency=amount.currency)
    messages.success(request, _("Counted. What it settles is released."))
    return True
