"""What a shop pays those who bring buyers, and who they are."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.accounts.models import User
from creatorhub.affiliates.models import Enrolment
from creatorhub.affiliates.services import exclude_member
from creatorhub.studio.affiliate.forms import ProgrammeForm
from creatorhub.studio.affiliate.programme_pages import programme_page
from creatorhub.studio.current_shop import current_shop, find_current_shop
from creatorhub.studio.permissions import creator_page, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@creator_page
def programme(request: HttpRequest) -> HttpResponse:
    """Rate, window and state, with what a sale of 100 becomes; below, the members."""
    shop = current_shop(request)
    form = ProgrammeForm(request.POST or None, shop=shop)
    if request.method == "POST" and form.is_valid() and form.save(actor=cast(User, request.user)):
        messages.success(request, _("Saved. This is what people see now."))
        return redirect("studio:programme")
    context = {"form": form, "shop": shop, "page": programme_page(shop, form)}
    return render(request, "studio/affiliate/programme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def member_exclude(request: HttpRequest, pk: int) -> HttpResponse:
    """End a membership for good, after asking once; what was earned stays."""
    user = cast(User, request.user)
    mine = Enrolment.objects.filter(programme__shop__owner__user=user).select_related("owner")
    enrolment = get_object_or_404(mine, pk=pk)
    if request.method != "POST":
        context = {"enrolment": enrolment, "shop": find_current_shop(request)}
        return render(request, "studio/affiliate/exclude.html", context)
    exclude_member(enrolment=enrolment, actor=user)
    messages.success(request, _("They no longer earn from new sales of yours."))
    return redirect("studio:programme")
