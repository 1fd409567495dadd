"""Oscar's own pages over our catalogue: its urls, basket and context on our settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import override_settings

CONTEXT = [
    "oscar.apps.search.context_processors.search_form",
    "oscar.apps.checkout.context_processors.checkout",
    "oscar.apps.communication.notifications.context_processors.notifications",
    "oscar.core.context_processors.metadata",
]


def as_oscar() -> override_settings:
    """Within this the urls are Oscar's."""
    templates: dict[str, Any] = settings.TEMPLATES[0]
    options: dict[str, Any] = templates["OPTIONS"]
    context = [*options["context_processors"], *CONTEXT]
    changed: dict[str, Any] = {
        "ROOT_URLCONF": "benchmarks.oscar_urls",
        "TEMPLATES": [templates | {"OPTIONS": options | {"context_processors": context}}],
        "MIDDLEWARE": [
            "oscar.apps.basket.middleware.BasketMiddleware"
            if name == "creatorhub.storefront.oscar.BasketMiddleware"
            else name
            for name in settings.MIDDLEWARE
        ],
        "OSCAR_REQUIRED_ADDRESS_FIELDS": ("first_name", "last_name", "line1", "line4", "country"),
        "OSCAR_THUMBNAILER": "benchmarks.thumbnails.AsTheyAre",
    }
    return override_settings(**changed)
