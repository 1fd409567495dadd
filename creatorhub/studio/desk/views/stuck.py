"""Payments put aside, and work that failed too often: looked at, settled, tried again."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creatorhub.foundation.audit import record
from creatorhub.foundation.reasons import reason
from creatorhub.money import Money
from creatorhub.outbox.services import revive as revive_message
from creatorhub.payments.errors import PaymentError
from creatorhub.payments.models import Quarantine
from creatorhub.payments.services.handle_events import revive as revive_event
from creatorhub.payments.services.quarantine_payment import close_quarantine
from creatorhub.sales.errors import RefundRefusedError
from creatorhub.sales.services import complete_quarantined, put_aside, return_quarantined
from creatorhub.studio.desk import selectors
from creatorhub.studio.desk.forms import OutcomeForm
from creatorhub.studio.permissions import staff_page


@require_safe
@staff_page
def quarantine(request: HttpRequest) -> HttpResponse:
    """Every payment that is not what was asked for."""
    rows = [
        (row, reason(row.reason_code), Money(row.attempt.amount_minor, row.attempt.currency))
        for row in selectors.open_quarantine()
    ]
    context = {"rows": rows, "counts": selectors.counts()}
    return render(request, "studio/desk/quarantine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def quarantine_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete the order if enough was paid, give everything back, or write down what was done."""
    row = get_object_or_404(selectors.open_quarantine(), pk=pk)
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _settle(request, row, form):
        return redirect("studio:desk_quarantine")
    context = {
        "row": row,
        "reason": reason(row.reason_code),
        "told": put_aside(row),
        "form": form,
        "counts": selectors.counts(),
    }
    return render(request, "studio/desk/quarantine_close.html", context)


def _settle(request: HttpRequest, row: Quarantine, form: OutcomeForm) -> bool:
    note, actor, act = form.cleaned_data["outcome"], request.user, request.POST.get("act")
    try:
        if act == "complete":
            complete_quarantined(row=row, actor=actor, note=note)
            messages.success(request, _("The order is complete. The buyer and the shop are told."))
        elif act == "return":
            return_quarantined(row=row, actor=actor, note=note)
            messages.success(request, _("The money is on its way back to the buyer."))
        else:
            close_quarantine(row=row, outcome=note, actor=actor)
            messages.success(request, _("Written down."))
    except RefundRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    except PaymentError:
        form.add_error(None, _("The payment provider does not answer now. Try again soon."))
        return False
    return True


@require_safe
@staff_page
def stuck(request: HttpRequest) -> HttpResponse:
    """Effects and events that gave up."""
    context = {
        "messages_dead": selectors.dead_messages(),
        "events_dead": selectors.dead_events(),
        "counts": selectors.counts(),
    }
    return render(request, "studio/desk/stuck.html", context)


@require_POST
@staff_page
@transaction.atomic
def replay_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a dead effect happen again."""
    message = get_object_or_404(selectors.dead_messages(), pk=pk)
    revive_message(message=message)
    record(action="outbox.revived", subject=f"outbox:{message.pk}", actor=request.user)
    messages.success(request, _("It is tried again in a moment."))
    return redirect("studio:desk_stuck")


@require_POST
@staff_page
@transaction.atomic
def replay_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a dead event be handled again."""
    event = get_object_or_404(selectors.dead_events(), pk=pk)
    revive_event(event=event)
    record(action="event.revived", subject=f"event:{event.pk}", actor=request.user)
    messages.success(request, _("It is tried again in a moment."))
    return redirect("studio:desk_stuck")
