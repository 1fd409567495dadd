"""Every mail the sandbox sent: readable by anybody who plays with it."""

from __future__ import annotations

from csp.constants import NONE, SELF
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from creatorhub.outbox.models import SentMail
from creatorhub.payments.sandbox.desk import sandbox_only

PER_PAGE = 30

# A mail carries its own styles and nothing else that acts; it opens on a page of its own.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF, "data:"],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
}


@sandbox_only
@require_GET
def mail(request: HttpRequest) -> HttpResponse:
    """Newest first; `to` narrows to a recipient."""
    to = request.GET.get("to", "").replace("\0", "").strip()[:200]
    mails = SentMail.objects.order_by("-id")
    if to:
        mails = mails.filter(to__icontains=to)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "payments/mail.html", {"mails": page, "to": to})


@sandbox_only
@require_GET
def mail_message(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as text, with a way to its HTML."""
    message = get_object_or_404(SentMail, pk=pk)
    return render(request, "payments/mail_message.html", {"message": message})


@sandbox_only
@require_GET
def mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail exactly as a mail program shows it."""
    message = get_object_or_404(SentMail.objects.exclude(html=""), pk=pk)
    response = HttpResponse(message.html)
    # django-csp reads this attribute; its decorators set it the same way.
    vars(response)["_csp_config"] = MAIL_POLICY
    return response
