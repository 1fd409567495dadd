"""Bank payments by hand: looked through, approved by a second person, handed over, settled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creatorhub.accounts.models import User
from creatorhub.foundation.audit import record
from creatorhub.foundation.reasons import reason
from creatorhub.payouts.batch_file import COLUMNS, batch_rows
from creatorhub.payouts.errors import (
    BatchChangedError,
    BatchHeldError,
    BatchMovedOnError,
    PayoutSettledError,
    SamePersonError,
)
from creatorhub.payouts.models import Payout, PayoutBatch
from creatorhub.payouts.services import (
    approve_batch,
    hand_over_batch,
    mark_paid,
    mark_returned,
    prepare_batch,
    refuse_batch,
)
from creatorhub.studio.csv_export import csv_answer
from creatorhub.studio.desk import batches as selectors
from creatorhub.studio.desk.batch_forms import PaidForm, RefuseForm, ReturnedForm
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page

STEPS: dict[str, Callable[..., PayoutBatch]] = {
    "prepare": prepare_batch,
    "approve": approve_batch,
    "hand_over": hand_over_batch,
}


@require_safe
@staff_page
def batch_list(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, and what was settled lately."""
    context = {
        "open": selectors.batch_rows(is_open=True),
        "settled": selectors.batch_rows(is_open=False),
        "counts": counts(),
    }
    return render(request, "studio/desk/batches.html", context)


@require_safe
@staff_page
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """One batch: who gets what, and the one next step."""
    return _show(request, _find(pk))


@require_POST
@staff_page
def batch_step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step, once: a second press or a colleague who was faster is told so."""
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise Http404("no such step")
    try:
        step(batch_id=_find(pk).pk, actor=request.user)
    except SamePersonError:
        messages.error(request, _("A second person has to approve it: somebody else than you."))
    except BatchMovedOnError:
        messages.info(request, _("That was done already; here is how it stands."))
    except BatchHeldError as error:
        messages.error(request, str(reason(str(error)).text))
    except BatchChangedError:
        messages.error(request, _("The file is not the one that was prepared. Refuse it."))
    else:
        messages.success(request, _("Done, and written into the audit log."))
    return redirect("studio:desk_batch", pk=pk)


@require_POST
@staff_page
def batch_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing of it goes out; the money is payable again."""
    found, form = _find(pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _show(request, found, refuse=form, status=422)
    try:
        refuse_batch(batch_id=found.pk, note=form.cleaned_data["note"], actor=request.user)
        messages.success(request, _("Refused. Everything in it goes out with the next payout."))
    except BatchMovedOnError:
        messages.info(request, _("That was done already; here is how it stands."))
    return redirect("studio:desk_batch", pk=pk)


@require_safe
@staff_page
def batch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for the bank. Whoever takes it is written down: it carries whole numbers."""
    found = _find(pk)
    record(action="payout_batch.file", subject=f"payout_batch:{found.pk}", actor=request.user)
    rows = batch_rows(found)
    return csv_answer(
        filename=f"payouts-{found.pk}-{found.currency}.csv",
        header=COLUMNS,
        rows=[[row[column] for column in COLUMNS] for row in rows],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def payout_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank paid one of them."""
    form = PaidForm(request.POST or None, request.FILES or None)
    return _settle(request, pk, form, "studio/desk/payout_paid.html", mark_paid)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def payout_returned(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank sent one of them back."""
    form = ReturnedForm(request.POST or None)
    return _settle(request, pk, form, "studio/desk/payout_returned.html", mark_returned)


@require_safe
@staff_page
def payout_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bank's slip, as a download."""
    payout = get_object_or_404(Payout.objects.exclude(proof_file=""), pk=pk)
    name = payout.proof_file.name or ""
    return FileResponse(
        payout.proof_file.open("rb"),
        as_attachment=True,
        filename=f"proof-{payout.pk}.{name.rpartition('.')[2]}",
    )


@require_safe
@staff_page
def balances(request: HttpRequest) -> HttpResponse:
    """The processor's balance beside the book, day by day."""
    context = {"checks": selectors.balance_checks()[:60], "counts": counts()}
    return render(request, "studio/desk/balances.html", context)


def _find(pk: int) -> PayoutBatch:
    rows = PayoutBatch.objects.select_related("run__started_by", "prepared_by", "approved_by")
    return get_object_or_404(rows.select_related("sent_by"), pk=pk)


def _show(
    request: HttpRequest, found: PayoutBatch, *, refuse: RefuseForm | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "batch": found,
        "rows": selectors.paying(found),
        "may_approve": selectors.may_approve(found, cast(User, request.user)),
        "may_refuse": found.state in ("draft", "prepared", "approved"),
        "refuse": refuse or RefuseForm(),
        "counts": counts(),
    }
    return render(request, "studio/desk/batch.html", context, status=status)


def _settle(
    request: HttpRequest, pk: int, form: Any, template: str, settle: Callable[..., Payout]
) -> HttpResponse:
    """Ask, then write it down once; whoever was slower is told so."""
    payouts = Payout.objects.exclude(batch=None).select_related("payee__party", "batch")
    payout = get_object_or_404(payouts, pk=pk)
    if request.method == "POST" and form.is_valid():
        try:
            settle(payout_id=payout.pk, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Written down; the payee gets a mail."))
        except PayoutSettledError:
            messages.info(request, _("That was done already; here is how it stands."))
        return redirect("studio:desk_batch", pk=payout.batch_id)
    context = {"payout": payout, "form": form, "counts": counts()}
    status = 422 if form.is_bound else 200
    return render(request, template, context, status=status)
