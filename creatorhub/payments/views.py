"""The one door providers knock on."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from creatorhub.payments.errors import SignatureError, UnknownGatewayError
from creatorhub.payments.services import receive_event

log = logging.getLogger(__name__)

LARGEST_EVENT_BYTES = 1024 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Store a signed event and answer at once. Anything unsigned leaves no trace but a log line."""
    if _is_too_large(request.headers.get("Content-Length", "")):
        return HttpResponse(status=400)
    try:
        receive_event(provider=provider, payload=request.body, headers=request.headers)
    except UnknownGatewayError:
        return HttpResponse(status=404)
    except SignatureError as error:
        log.warning("refused an event for %s: %s", provider, error)
        return HttpResponse(status=400)
    return HttpResponse(status=200)


def _is_too_large(length: str) -> bool:
    """Judged by what the sender declares, before a byte is read; without a length there is none."""
    return not length.isdecimal() or len(length) > 9 or int(length) > LARGEST_EVENT_BYTES
