"""A person's own page: name, language, and the way to everything about signing in."""

from __future__ import annotations

from typing import cast

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from creatorhub.accounts.forms import ProfileForm
from creatorhub.accounts.models import User
from creatorhub.accounts.services import change_profile


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show and change one's own name and language."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    kinds = Authenticator.objects.filter(user=user).values_list("type", flat=True)
    return render(request, "account/profile.html", {"form": form, "second_factors": set(kinds)})
