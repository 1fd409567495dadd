"""The audit log, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creatorhub.foundation.models import AuditEntry
from creatorhub.studio.desk.audit_words import decisions
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page

PAGE = 50


@require_safe
@staff_page
def audit_log(request: HttpRequest) -> HttpResponse:
    """Who decided what, and why."""
    rows = Paginator(AuditEntry.objects.select_related("actor"), PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {"page": page, "decisions": decisions(page), "counts": counts()}
    return render(request, "studio/desk/audit.html", context)
