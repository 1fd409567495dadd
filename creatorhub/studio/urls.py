"""The studio's addresses. Each part of it lists its own; their names share one namespace."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "studio"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("creatorhub.studio.home.urls")),
    path("shop/", include("creatorhub.studio.catalogue.urls")),
    path("orders/", include("creatorhub.studio.orders.urls")),
    path("orders/", include("creatorhub.studio.cash.urls")),
    path("money/", include("creatorhub.studio.money.urls")),
    path("paid/", include("creatorhub.studio.payout_settings.urls")),
    path("share/", include("creatorhub.studio.affiliate.urls")),
    path("waiting/", include("creatorhub.studio.waiting.urls")),
    path("not-me/", include("creatorhub.studio.guard.urls")),
    path("desk/", include("creatorhub.studio.desk.urls")),
]
