"""Paying people: what is due, why others wait, the run, and what became of it."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from creatorhub.payouts.calendar import next_payout_on
from creatorhub.payouts.models import PayoutRun
from creatorhub.payouts.services import run_payouts
from creatorhub.studio.desk import selectors
from creatorhub.studio.permissions import confirmed_lately, staff_page

RUNS_SHOWN = 10
KEY_LENGTH = 40


@require_safe
@staff_page
def payouts(request: HttpRequest) -> HttpResponse:
    """Who is paid now, how much, and why the others are not."""
    context = {
        "due": selectors.due_now(),
        "runs": PayoutRun.objects.select_related("started_by")[:RUNS_SHOWN],
        "next_on": next_payout_on(),
        "run_key": secrets.token_hex(8),
        "counts": selectors.counts(),
    }
    return render(request, "studio/desk/payouts.html", context)


@require_POST
@staff_page
@confirmed_lately
def run(request: HttpRequest) -> HttpResponse:
    """Pay everybody who is due, by somebody who has just confirmed that it is them.

    The page's key makes a second click the same run.
    """
    key = request.POST.get("key", "").replace("\0", "")[:KEY_LENGTH] or secrets.token_hex(8)
    finished = run_payouts(key=f"desk:{key}", actor=request.user)
    return redirect("studio:desk_run_result", pk=finished.pk)


@require_safe
@staff_page
def run_result(request: HttpRequest, pk: int) -> HttpResponse:
    """What one run paid and whom it left out."""
    found = get_object_or_404(PayoutRun.objects.select_related("started_by"), pk=pk)
    context = {
        "run": found,
        "payouts": found.payouts.select_related("payee__party").order_by("currency", "pk"),
        "skipped": selectors.skipped_of(found),
        "counts": selectors.counts(),
    }
    return render(request, "studio/desk/run.html", context)
