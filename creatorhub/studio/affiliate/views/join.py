"""Finding programmes, and two taps from "Share & earn" to a link."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creatorhub.accounts.models import User
from creatorhub.accounts.services import party_of
from creatorhub.affiliates.errors import ProgrammeError
from creatorhub.affiliates.models import Enrolment
from creatorhub.affiliates.selectors import memberships_of, open_programmes
from creatorhub.affiliates.services import join_programme, leave_programme
from creatorhub.studio.affiliate.offers import Offer, find_offer, offers
from creatorhub.studio.current_shop import find_current_shop
from creatorhub.studio.permissions import signed_in


@require_safe
@signed_in
def discover(request: HttpRequest) -> HttpResponse:
    """Programmes anybody may join; those already joined say so."""
    party = party_of(user=cast(User, request.user))
    context = {
        "offers": offers(open_programmes()),
        "joined": set(memberships_of(party).values_list("programme", flat=True)),
        "memberships": memberships_of(party),
        "shop": find_current_shop(request),
    }
    return render(request, "studio/affiliate/discover.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, handle: str) -> HttpResponseBase:
    """What one earns, and one button. A visitor signs in first and comes back here."""
    offer = find_offer(handle=handle, product=request.GET.get("product", ""))
    if offer is None:
        return render(request, "studio/affiliate/no_offer.html", status=404)
    if request.method == "POST":
        return _join(request, offer)
    if request.user.is_authenticated and _is_member(request, offer):
        return redirect(offer.kit_path)
    next_page = urlencode({"next": request.get_full_path()})
    context = {
        "offer": offer,
        "shop": offer.shop,
        "sign_up_url": f"{reverse('account_signup')}?{next_page}",
        "sign_in_url": f"{reverse('account_login')}?{next_page}",
    }
    return render(request, "studio/affiliate/join.html", context)


@require_POST
@signed_in
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop promoting a shop; what was earned stays."""
    user = cast(User, request.user)
    enrolment = get_object_or_404(Enrolment, pk=pk, owner__user=user)
    leave_programme(enrolment=enrolment)
    messages.success(request, _("You have left the programme. What you earned stays yours."))
    return redirect("studio:discover")


@signed_in
def _join(request: HttpRequest, offer: Offer) -> HttpResponse:
    try:
        join_programme(shop=offer.shop, party=party_of(user=cast(User, request.user)))
    except ProgrammeError as error:
        messages.error(request, str(error.sentence))
        return redirect("studio:affiliate_home")
    messages.success(request, _("You are in. Here is your own link."))
    return redirect(offer.kit_path)


def _is_member(request: HttpRequest, offer: Offer) -> bool:
    party = party_of(user=cast(User, request.user))
    return memberships_of(party).filter(programme=offer.programme).exists()
