"""What every template may know about this instance."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def instance(request: HttpRequest) -> dict[str, Any]:
    """The instance's name and address, and whether money here is play money."""
    return {
        "instance_name": settings.INSTANCE_NAME,
        "base_url": settings.BASE_URL,
        "is_sandbox": settings.SANDBOX,
    }
