"""The headers that keep pages to themselves; the Wagtail editor gets its own policy."""

from __future__ import annotations

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from creatorhub.config.content_policies import EDITOR_POLICY

EDITOR_PREFIX = "/cms/"


class ContentSecurityMiddleware(CSPMiddleware):
    """django-csp, with the editor's policy on the editor's paths and a Permissions-Policy."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(EDITOR_PREFIX):
            # django-csp reads this attribute; its decorators set it the same way.
            vars(response)["_csp_config"] = EDITOR_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return super().process_response(request, response)
