"""Before Wagtail's editor opens: staff with their second factor, creators to their own things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from creatorhub.config.content_security import EDITOR_PREFIX
from creatorhub.shops.editor_rights import may_open
from creatorhub.studio.permissions import is_confirmed_by_second_factor, to_second_factor

View = Callable[[HttpRequest], HttpResponseBase]


def guard_editor(get_response: View) -> View:
    """Whoever may touch every shop's pages has a second factor; foreign things are a 404."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(EDITOR_PREFIX):
            return get_response(request)
        user: Any = request.user
        if user.is_staff or user.is_superuser:
            if not is_confirmed_by_second_factor(request, user):
                return to_second_factor(request, user)
        elif user.is_authenticated and not may_open(
            request, below=request.path_info.removeprefix(EDITOR_PREFIX)
        ):
            raise Http404("not yours")
        return get_response(request)

    return answer
