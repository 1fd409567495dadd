"""The affiliate home: how somebody's links did."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creatorhub.accounts.models import User
from creatorhub.studio.affiliate.selectors import affiliate_home as home_of
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.permissions import signed_in


@require_safe
@signed_in
def affiliate_home(request: HttpRequest) -> HttpResponse:
    """Balance, links, figures, what comes when; for a newcomer, where to begin."""
    home = home_of(
        user=cast(User, request.user),
        days=request.GET.get("days", ""),
        currency=request.GET.get("currency", ""),
    )
    context = {"home": home, "shop": find_current_shop(request)}
    return render(request, "studio/affiliate/home.html", context)
