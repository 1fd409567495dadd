"""Where a person gives the sandbox provider what it asks for, and the controls beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from creatorhub.payments.models import SandboxRecipient
from creatorhub.payments.sandbox import recipients, time
from creatorhub.payments.sandbox.desk import sandbox_only
from creatorhub.payments.sandbox.pages import local_path
from creatorhub.payments.sandbox.recipient_gateway import LINK_LIVES_SECONDS, SALT

CONTROLS: dict[str, Callable[..., None]] = {
    "finish": recipients.finish,
    "ask": recipients.ask_for_more,
    "late": recipients.run_out_of_time,
    "bank": recipients.refuse_at_bank,
}


@never_cache
@require_http_methods(["GET", "POST"])
def onboarding(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked for; a POST gives it, or leaves it for later. An old link is renewed."""
    if "sandbox" not in settings.PAYMENT_GATEWAYS:
        raise Http404
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=LINK_LIVES_SECONDS)
    except signing.SignatureExpired:
        told = signing.loads(token, salt=SALT)
        return HttpResponseRedirect(local_path(told["refresh"]))
    except signing.BadSignature:
        raise Http404 from None
    recipient = get_object_or_404(SandboxRecipient, public_id=told["recipient"])
    if request.method == "GET":
        return render(request, "payments/onboarding.html", {"recipient": recipient})
    if request.POST.get("answer") == "yes":
        recipients.finish(public_id=recipient.public_id)
    return HttpResponseRedirect(local_path(told["return"]), status=303)


@sandbox_only
@require_POST
def control_recipient(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make the provider want something of somebody, or have it."""
    recipient = get_object_or_404(SandboxRecipient, public_id=public_id)
    control = CONTROLS.get(request.POST.get("do", ""))
    if control is not None:
        control(public_id=recipient.public_id)
        time.do_what_is_due()
        messages.success(request, _("The provider has told the market."))
    return redirect("sandbox:controls")
