"""The desk of disputes: the list by due date, and one dispute with everything known of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.sales.errors import DisputeRefusedError
from creatorhub.sales.models import Dispute
from creatorhub.sales.services.answer_dispute import LONGEST_ANSWER, answer_dispute
from creatorhub.studio.desk.disputes import evidence, selectors
from creatorhub.studio.desk.disputes.words import STEPS, reason_of, state_of
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page

DECIDED_SHOWN = 20


class AnswerForm(forms.Form):
    """What the bank is told, word for word."""

    text = forms.CharField(
        label=gettext_lazy("Our answer to the bank"),
        help_text=gettext_lazy("It leaves once and cannot be changed. Banks read English best."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say what happened, in your own words.")},
    )


@require_safe
@staff_page
def dispute_list(request: HttpRequest) -> HttpResponse:
    """What must be answered soonest stands first."""
    context = {
        "waiting": [_row(row) for row in selectors.open_disputes()],
        "decided": [_row(row) for row in selectors.decided_disputes()[:DECIDED_SHOWN]],
        "counts": counts(),
    }
    return render(request, "studio/desk/disputes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def dispute(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute: what happened when, the shops' words, our answer, what became of it."""
    found = get_object_or_404(Dispute.objects.select_related("order__checkout"), pk=pk)
    form = AnswerForm(
        request.POST or None, initial={"text": found.answer or evidence.draft_of(found)}
    )
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form.cleaned_data["text"])
    history = [(row, STEPS.get(row.action, row.action)) for row in selectors.history_of(found)]
    context = {
        "row": _row(found),
        "lines": selectors.lines_of(found),
        "facts": evidence.facts_of(found),
        "policies": evidence.policies_of(found),
        "statements": found.statements.select_related("sale__shop"),
        "history": history,
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/disputes/dispute.html", context)


def _answer(request: HttpRequest, found: Dispute, text: str) -> HttpResponse:
    try:
        answer_dispute(dispute=found, text=text, actor=request.user)
    except DisputeRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The answer is on its way to the bank."))
    return redirect("studio:desk_dispute", pk=found.pk)


def _row(found: Dispute) -> dict[str, object]:
    words, kind = state_of(found)
    shops = [sale.shop.name for sale in found.order.sales.all()]
    return {
        "dispute": found,
        "words": words,
        "kind": kind,
        "reason": reason_of(found),
        "shops": shops,
    }
