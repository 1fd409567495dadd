"""Playing the buyer's bank: opening disputes and deciding them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from creatorhub.payments.models import SandboxDispute
from creatorhub.payments.sandbox import disputes, time
from creatorhub.payments.sandbox.desk import sandbox_only
from creatorhub.payments.sandbox.forms import DecideForm, DisputeForm


@sandbox_only
@require_POST
def open_dispute(request: HttpRequest) -> HttpResponse:
    """A buyer complains to their bank."""
    form = DisputeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a payment, a reason and what the bank does."))
        return redirect("sandbox:controls")
    try:
        disputes.open_dispute(
            payment_id=form.cleaned_data["payment"],
            reason=form.cleaned_data["reason"],
            share_percent=form.share_percent,
            is_inquiry=form.is_inquiry,
        )
    except disputes.NothingToDisputeError:
        messages.error(request, _("All of this payment went back already, or is disputed."))
    else:
        messages.success(request, _("The buyer has complained to their bank."))
    time.do_what_is_due()
    return redirect("sandbox:controls")


@sandbox_only
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """The bank moves a dispute on."""
    dispute = get_object_or_404(SandboxDispute, public_id=public_id)
    form = DecideForm(request.POST)
    if form.is_valid():
        disputes.decide(public_id=dispute.public_id, state=form.cleaned_data["state"])
        messages.success(request, _("The bank has decided."))
        time.do_what_is_due()
    return redirect("sandbox:controls")
