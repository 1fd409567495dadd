"""Answers to other people's signals."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from creatorhub.accounts.models import User
from creatorhub.affiliates.services import bind_user_touches
from creatorhub.social_share import touch_cookie


def keep_clicks_of_signed_in(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Django's user_logged_in: the account keeps what its visitor's cookie carried."""
    bind_user_touches(user=user, clicks=touch_cookie.read(request))
