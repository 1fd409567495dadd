"""Requests that name nothing, whatever it is looked up in: PostgreSQL keeps no NUL.

It raises when asked for one, so every view that looks a word of its address up would answer with
an error of ours. Bodies are not read here: forms refuse it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase

NUL = "\x00"

View = Callable[[HttpRequest], HttpResponseBase]


def forget_impossible_cookies(get_response: View) -> View:
    """A cookie with a NUL (`"\\000"` spells one) is not ours; the session would look it up."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return get_response(request)

    return answer


def refuse_impossible_addresses(get_response: View) -> View:
    """404 for a NUL in the path, 400 for one in the question behind it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            raise Http404("no address holds this character")
        if any(NUL in word for name, words in request.GET.lists() for word in (name, *words)):
            raise BadRequest("no question holds this character")
        return get_response(request)

    return answer
