"""Reports: what people say should not be here, and the decision."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creatorhub.accounts.models import User
from creatorhub.community.errors import AlreadyDecidedError
from creatorhub.community.mails import title_of
from creatorhub.community.models import Report
from creatorhub.community.selectors import reports
from creatorhub.community.services import keep, take_down
from creatorhub.studio.desk.forms import DecisionForm
from creatorhub.studio.desk.selectors import counts, public_url, same_reports
from creatorhub.studio.permissions import staff_page

DECIDED_SHOWN = 20


@require_safe
@staff_page
def report_list(request: HttpRequest) -> HttpResponse:
    """What waits, longest first, and what was decided lately."""
    context = {
        "waiting": [_named(row) for row in reports(open_only=True)],
        "decided": [_named(row) for row in reports(open_only=False)[:DECIDED_SHOWN]],
        "counts": counts(),
    }
    return render(request, "studio/desk/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def report_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: take down what it is about, or keep it; either way with a note."""
    found = get_object_or_404(
        Report.objects.select_related("shop__owner", "listing", "post", "reporter"), pk=pk
    )
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decide = take_down if request.POST.get("decision") == "take_down" else keep
        try:
            decide(report=found, actor=cast(User, request.user), note=form.cleaned_data["note"])
        except AlreadyDecidedError:
            messages.error(request, _("A colleague has answered this report in the meantime."))
        else:
            messages.success(request, _("Decided. Everyone concerned has been told."))
        return redirect("studio:desk_reports")
    context = {
        "report": found,
        "title": title_of(found),
        "public_url": public_url(found),
        "others": same_reports(found).count(),
        "form": form,
        "counts": counts(),
    }
    return render(request, "studio/desk/report.html", context)


def _named(report: Report) -> tuple[Report, str]:
    return report, title_of(report)
