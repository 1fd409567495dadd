"""Pages behind an unguessable address: never kept, never listed, never told to others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponseBase]


def private_page(view: View) -> View:
    """no-store, noindex, and no address in a Referer: the address is the key."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # same-origin, not no-referrer: the latter makes browsers send "Origin: null" with forms.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return answer
