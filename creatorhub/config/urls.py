"""Every address of the market. Pages people read carry their language: /ar/… and /en/…"""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtail_admin_urls

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("creatorhub.social_share.urls")),
    path("", include("creatorhub.operations.urls")),
    path("webhooks/", include("creatorhub.payments.urls")),
    path("cms/login/", to_sign_in),
    path("cms/", include(wagtail_admin_urls)),
    path("admin/login/", to_sign_in),
    path("accounts/login/", to_sign_in),
    path("dashboard/login/", to_sign_in),
    *i18n_patterns(
        path("account/", include("creatorhub.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("studio/", include("creatorhub.studio.urls")),
        path("sandbox/", include("creatorhub.payments.sandbox_urls")),
        path("look/", include("creatorhub.operations.look_urls")),
        path("", include("creatorhub.community.urls")),
        path("", include("creatorhub.storefront.urls")),
    ),
]
