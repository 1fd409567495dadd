"""The page where anyone says that something should not be here."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.accounts.models import User
from creatorhub.community import services
from creatorhub.community.forms import ReportForm
from creatorhub.community.selectors import reportable
from creatorhub.foundation.throttle import is_allowed

REPORTS_PER_DAY = 10
DAY_SECONDS = 86_400


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ask why, keep it for staff, say thank you."""
    target = reportable(kind=kind, pk=pk)
    user = request.user if isinstance(request.user, User) else None
    form = ReportForm(request.POST or None, initial={"email": user.email if user else ""})
    page = {"form": form, "target": target, "kind": kind, "shop": services.shop_of(target=target)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "community/report.html", page)
    if not is_allowed(key=_who(request, user), limit=REPORTS_PER_DAY, seconds=DAY_SECONDS):
        form.add_error(
            None, _("You have sent many reports today. Please come back tomorrow with the rest.")
        )
        return render(request, "community/report.html", page, status=429)
    services.report(target=target, user=user, **form.cleaned_data)
    return render(request, "community/reported.html", page)


def _who(request: HttpRequest, user: User | None) -> str:
    """An account, or an address (which the throttle keeps as a keyed hash only)."""
    return f"report:{user.pk if user else get_adapter(request).get_client_ip(request)}"
