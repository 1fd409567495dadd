"""What whoever plays with the sandbox may do: move the clock, misbehave, deliver news again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from creatorhub.foundation.clock import now
from creatorhub.payments.models import SandboxDispute, SandboxEvent, SandboxRecipient
from creatorhub.payments.sandbox import events, time
from creatorhub.payments.sandbox.forms import BehaviourForm, DaysForm, DisputeForm
from creatorhub.payments.sandbox.recipients import status_of
from creatorhub.payments.selectors import recent_attempts, recent_refunds
from creatorhub.payments.words import ATTEMPT_WORDS, DISPUTE_WORDS, EVENT_WORDS, REFUND_WORDS

RECENT = 10


def sandbox_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Everybody in the sandbox; nobody, not even staff, in production."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.SANDBOX:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@sandbox_only
@require_GET
def controls(request: HttpRequest) -> HttpResponse:
    """The controls, and what happened lately."""
    page = Paginator(SandboxEvent.objects.all(), RECENT).get_page(request.GET.get("page"))
    context = {
        "now": now(),
        "behaviour": BehaviourForm(instance=events.controls()),
        "attempts": [(row, ATTEMPT_WORDS[row.state]) for row in recent_attempts()[:RECENT]],
        "refunds": [(row, REFUND_WORDS[row.state]) for row in recent_refunds()[:RECENT]],
        "dispute_form": DisputeForm(),
        "disputes": [
            (row, DISPUTE_WORDS[row.state]) for row in SandboxDispute.objects.all()[:RECENT]
        ],
        "recipients": [(row, status_of(row)) for row in SandboxRecipient.objects.all()[:RECENT]],
        "page": page,
        "events": [(event, EVENT_WORDS.get(event.type, event.type)) for event in page],
        "held": SandboxEvent.objects.filter(deliveries=0).count(),
    }
    return render(request, "payments/controls.html", context)


@sandbox_only
@require_POST
def pass_time(request: HttpRequest) -> HttpResponse:
    """Let days pass, and do what came due on each."""
    form = DaysForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose 1, 7 or 30 days."))
        return redirect("sandbox:controls")
    days = form.cleaned_data["days"]
    time.let_days_pass(days=days)
    told = ngettext("%(days)s day has passed.", "%(days)s days have passed.", days)
    messages.success(request, told % {"days": days})
    return redirect("sandbox:controls")


@sandbox_only
@require_POST
def behave(request: HttpRequest) -> HttpResponse:
    """Decide how the bank behaves from now on."""
    form = BehaviourForm(request.POST, instance=events.controls())
    if form.is_valid():
        form.save()
        messages.success(request, _("The bank behaves like this from now on."))
    return redirect("sandbox:controls")


@sandbox_only
@require_POST
def deliver_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """One event once more; the market must notice that it knows it."""
    event = get_object_or_404(SandboxEvent, public_id=public_id)
    is_news = events.deliver(event=event)
    time.do_what_is_due()
    told = _("Delivered.") if is_news else _("Delivered again; the market knew it already.")
    messages.success(request, told)
    return redirect("sandbox:controls")


@sandbox_only
@require_POST
def deliver_held(request: HttpRequest) -> HttpResponse:
    """Everything held back: newest first, each twice."""
    count = events.deliver_held(newest_first=True, twice=True)
    time.do_what_is_due()
    told = ngettext(
        "%(count)s piece of news was delivered, twice.",
        "%(count)s pieces of news were delivered, newest first, each twice.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("sandbox:controls")
