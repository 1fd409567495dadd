"""Pages no person reads."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

ROBOTS = """User-agent: *
Disallow: /cms/
Disallow: /s/
Disallow: /*/studio/
Disallow: /*/account/
Disallow: /*/basket/
Disallow: /*/checkout/
Disallow: /*/orders/
Disallow: /*/library/
Disallow: /*/sandbox/
"""


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can do its work: the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", "text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers need not read. A sandbox keeps them out altogether."""
    text = "User-agent: *\nDisallow: /\n" if settings.SANDBOX else ROBOTS
    return HttpResponse(text, content_type="text/plain")


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """An uploaded file, kept from being anything but a file.

    Names are random and never reused, so the answer may be kept for ever. Behind nginx this view
    is not reached.
    """
    try:
        file = default_storage.open(name)
    except OSError as error:  # Not there, or a folder.
        raise Http404(name) from error
    answer = FileResponse(file, as_attachment=True)
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
