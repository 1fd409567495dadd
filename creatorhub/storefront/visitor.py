"""Who is looking: their account if they have one, their baskets, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from creatorhub.accounts.models import User
from creatorhub.storefront.services.open_baskets import OpenBaskets


@dataclass(frozen=True)
class Visitor:
    """`user` is None for somebody who has not signed in."""

    user: User | None
    baskets: OpenBaskets


def visitor(request: HttpRequest) -> Visitor:
    """What the middleware put on the request, with its types."""
    user = request.user if request.user.is_authenticated else None
    return Visitor(user=user, baskets=request.baskets)  # type: ignore[attr-defined]


def throttle_name(request: HttpRequest) -> str:
    """Whom a limit counts: the account, else the address behind the trusted proxies."""
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    return str(get_adapter(request).get_client_ip(request))
