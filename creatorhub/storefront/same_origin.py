"""Whether a form was sent from our own pages, for forms on pages that carry no token.

A product page is the same for everybody, so it can be kept and served whole; a token in it would
make it one visitor's and set a cookie. Browsers say where a form comes from instead
(`Sec-Fetch-Site`, or `Origin` where that is missing), and scripts elsewhere cannot forge either.
A browser that says nothing gets a page with a token to confirm on.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, asked by hand: it answers with the reason instead of a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponseBase:
        return HttpResponse(reason, status=403)


def is_our_own_form(request: HttpRequest) -> bool:
    """True when this POST demonstrably comes from one of our pages."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin" or _has_token(request)
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        return True
    return _has_token(request)


def _has_token(request: HttpRequest) -> bool:
    check = _TokenCheck(lambda _: HttpResponse())
    check.process_request(request)
    # A view that is exempt is asked as if it were not.
    return check.process_view(request, _never_exempt, (), {}) is None


def _never_exempt(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
