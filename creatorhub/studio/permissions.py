"""Who may open a page of the studio. Who owns an object is part of each page's query."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from creatorhub.accounts.models import User
from creatorhub.studio.current_shop import find_current_shop

View = Callable[..., HttpResponseBase]

# Before money moves: allauth (which has no types) asks for the password or second factor again.
confirmed_lately = cast(Callable[[View], View], reauthentication_required)

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def signed_in(view: View) -> View:
    """Visitors sign in first and come back to this page. No browser or proxy keeps it."""
    return never_cache(login_required(view))


def creator_page(view: View) -> View:
    """Signed in, with a shop; whoever has none yet is led to open one."""

    @never_cache
    @login_required
    @wraps(view)
    def with_shop(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if find_current_shop(request) is None:
            return redirect("studio:open_shop")
        return view(request, *args, **kwargs)

    return with_shop


def staff_page(view: View) -> View:
    """Staff, in a session that a second factor confirmed. For everyone else it does not exist."""

    @never_cache
    @login_required
    @wraps(view)
    def with_second_factor(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User) or not user.is_staff:
            raise Http404("staff only")
        if not is_confirmed_by_second_factor(request, user):
            return to_second_factor(request, user)
        return view(request, *args, **kwargs)

    return with_second_factor


def is_confirmed_by_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether this session was opened (or re-confirmed) with TOTP, a passkey or a recovery code."""
    records = get_authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


def to_second_factor(request: HttpRequest, user: User) -> HttpResponse:
    """To set a second factor up, or to confirm with the one that exists; then back to the page."""
    kinds = set(
        Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).values_list(
            "type", flat=True
        )
    )
    if not kinds:
        messages.info(request, _("Staff pages need a second factor. It takes a minute to set up."))
        return redirect("mfa_activate_totp")
    has_totp = Authenticator.Type.TOTP in kinds
    address = reverse("mfa_reauthenticate" if has_totp else "mfa_reauthenticate_webauthn")
    return redirect(f"{address}?{urlencode({'next': request.get_full_path()})}")
