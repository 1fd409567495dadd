"""The studio's addresses. Each part of it lists its own; their names share one namespace."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PARTS = (
    ("", "creatorhub.studio.home.urls"),
    ("shop/", "creatorhub.studio.catalogue.urls"),
    ("orders/", "creatorhub.studio.orders.urls"),
    ("money/", "creatorhub.studio.money.urls"),
    ("share/", "creatorhub.studio.affiliate.urls"),
    ("desk/", "creatorhub.studio.desk.urls"),
)


def _exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


app_name = "studio"
urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module)) for prefix, module in PARTS if _exists(module)
]
