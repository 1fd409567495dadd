"""The link for whoever did not make a change. The account may be somebody else's by now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from creatorhub.payouts.services import report_not_me
from creatorhub.payouts.services.guard_changes import payee_of_token


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once (mail programs open links by themselves), then let nothing be paid."""
    payee = payee_of_token(token)
    if payee is None:
        raise Http404("not a link of ours, or too old")
    if request.method != "POST":
        return render(request, "studio/guard/not_me.html", {"name": payee.party.name})
    hold = report_not_me(token=token)
    return render(request, "studio/guard/stopped.html", {"hold": hold})
