"""Somebody asks staff to look again: read, decide, answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.reasons import reason
from creatorhub.sales.errors import AppealRefusedError
from creatorhub.sales.models import Appeal
from creatorhub.sales.services.appeal_hold import answer_appeal
from creatorhub.studio.desk.holds.forms import AnswerForm
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal: end the hold, or say why it stays."""
    rows = Appeal.objects.select_related(
        "party", "payee_hold__opened_by", "sale_freeze__sale__order", "sale_freeze__opened_by"
    )
    found = get_object_or_404(rows, pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, found, form.cleaned_data["answer"])
    hold = found.payee_hold or found.sale_freeze
    context = {
        "appeal": found,
        "hold": hold,
        "reason": reason(hold.reason_code) if hold else None,
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/holds/appeal.html", context)


def _answer(request: HttpRequest, found: Appeal, answer: str) -> HttpResponse:
    lift = request.POST.get("decision") == "lift"
    try:
        answer_appeal(appeal=found, lift=lift, answer=answer, actor=request.user)
    except AppealRefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Answered. They have been told."))
    return redirect("studio:desk_holds")
