"""The policy: what the instance decided about money and clocks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.models import AuditEntry, PlatformPolicy
from creatorhub.foundation.policy import change_policy, payout_minimum, policy
from creatorhub.money import Money
from creatorhub.shops.models import Shop
from creatorhub.studio.desk.forms import PayoutMinimumForm, PolicyForm
from creatorhub.studio.desk.selectors import counts
from creatorhub.studio.permissions import staff_page

CHANGES_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def policy_page(request: HttpRequest) -> HttpResponse:
    """Read and change it; who changed what stays below."""
    now = policy()
    form = PolicyForm(_posted(request, "policy"), policy=now)
    minimum = PayoutMinimumForm(_posted(request, "minimum"))
    changes = None
    if form.is_bound and form.is_valid():
        changes = form.changes()
    elif minimum.is_bound and minimum.is_valid():
        changes = minimum.changes(now)
    if changes is not None:
        if changes:
            change_policy(actor=request.user, **changes)
        messages.success(request, _("Saved. It holds from now on; past sales keep their terms."))
        return redirect("studio:desk_policy")
    context = {"form": form, "minimum": minimum, "minimums": _minimums(now)}
    history = AuditEntry.objects.filter(subject="policy").select_related("actor")[:CHANGES_SHOWN]
    context |= {"history": history, "counts": counts()}
    return render(request, "studio/desk/policy.html", context)


def _posted(request: HttpRequest, name: str) -> QueryDict | None:
    """The fields of the form whose button was pressed."""
    return request.POST if request.method == "POST" and name in request.POST else None


def _minimums(now: PlatformPolicy) -> list[Money]:
    """The smallest payouts of every currency somebody sells in."""
    used = set(Shop.objects.values_list("currency", flat=True)) | set(now.payout_minimum_minor)
    return [payout_minimum(code) for code in sorted(used)]
