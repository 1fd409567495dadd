"""Why one's money waits, in one's own words to staff and theirs back."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of
from creatorhub.foundation.reasons import reason
from creatorhub.sales.errors import AppealRefusedError, DisputeRefusedError
from creatorhub.sales.services.answer_dispute import LONGEST_STATEMENT, add_statement
from creatorhub.sales.services.appeal_hold import LONGEST, appeal_freeze, appeal_payee_hold
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.desk.disputes.words import reason_of, state_of
from creatorhub.studio.permissions import signed_in
from creatorhub.studio.waiting import selectors

METHODS = ["GET", "HEAD", "POST"]


class AppealForm(forms.Form):
    """What somebody wants staff to know."""

    text = forms.CharField(
        label=gettext_lazy("Your side"),
        help_text=gettext_lazy("What happened, and what you would like us to look at."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write a few words, so that we can look.")},
    )


class StatementForm(forms.Form):
    """A shop's side of a dispute."""

    text = forms.CharField(
        label=gettext_lazy("Your side"),
        help_text=gettext_lazy("How it was sent, what you wrote with the buyer, what is special."),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Write a few words for the bank.")},
    )


@require_safe
@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """Everything of one's own that waits, or waited, by a decision."""
    user = cast(User, request.user)
    disputes = [(row, *state_of(row)) for row in selectors.disputes_of(user)[:20]]
    sales = {sale.order_id: sale.pk for sale in selectors.sales_of(user)}
    context = {
        "shop": find_current_shop(request),
        "holds": [(row, reason(row.reason_code)) for row in selectors.holds_of(user)[:20]],
        "freezes": [(row, reason(row.reason_code)) for row in selectors.freezes_of(user)[:20]],
        "disputes": [(*row, sales[row[0].order_id]) for row in disputes],
    }
    return render(request, "studio/waiting/list.html", context)


@require_http_methods(METHODS)
@signed_in
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Why one's payouts wait, and the appeal against it."""
    user = cast(User, request.user)
    found = get_object_or_404(selectors.holds_of(user), pk=pk)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_payee_hold(hold=found, party=party_of(user=user), text=form.cleaned_data["text"])
        except AppealRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Our team has your words and answers by the date below."))
        return redirect("studio:hold", pk=pk)
    asked = selectors.appeals_of(party_of(user=user), hold=found)
    context = {"hold": found, "reason": reason(found.reason_code), "appeals": asked, "form": form}
    return render(request, "studio/waiting/hold.html", context | _shop(request))


@require_http_methods(METHODS)
@signed_in
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the money of a sale waits, and the appeal against it."""
    user = cast(User, request.user)
    found = get_object_or_404(selectors.freezes_of(user), pk=pk)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal_freeze(freeze=found, party=party_of(user=user), text=form.cleaned_data["text"])
        except AppealRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Our team has your words and answers by the date below."))
        return redirect("studio:freeze", pk=pk)
    asked = selectors.appeals_of(party_of(user=user), freeze=found)
    context = {"hold": found, "reason": reason(found.reason_code), "appeals": asked, "form": form}
    return render(request, "studio/waiting/hold.html", context | _shop(request))


@require_http_methods(METHODS)
@signed_in
def order_dispute(request: HttpRequest, sale_pk: int, pk: int) -> HttpResponse:
    """A dispute about one's order: where it stands, and one's own words for the bank."""
    sale = get_object_or_404(selectors.sales_of(cast(User, request.user)), pk=sale_pk)
    found = get_object_or_404(selectors.disputes_of_sale(sale).select_related("order"), pk=pk)
    statement = found.statements.filter(sale=sale).first()
    form = StatementForm(
        request.POST or None, initial={"text": statement.text if statement else ""}
    )
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            add_statement(dispute=found, sale=sale, text=text, actor=request.user)
        except DisputeRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Our team sends your words along."))
        return redirect("studio:order_dispute", sale_pk=sale_pk, pk=pk)
    words, kind = state_of(found)
    context = {
        "sale": sale,
        "dispute": found,
        "words": words,
        "kind": kind,
        "reason": reason_of(found),
        "statement": statement,
        "form": form,
    }
    return render(request, "studio/waiting/dispute.html", context | _shop(request))


def _shop(request: HttpRequest) -> dict[str, object]:
    return {"shop": find_current_shop(request)}
