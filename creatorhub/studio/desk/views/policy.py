"""The policy: what the instance decided about money and clocks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from creatorhub.foundation.models import AuditEntry
from creatorhub.foundation.policy import change_policy, policy
from creatorhub.studio.desk.forms import PolicyForm
from creatorhub.studio.permissions import staff_page

CHANGES_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def policy_page(request: HttpRequest) -> HttpResponse:
    """Read and change it; who changed what stays below."""
    form = PolicyForm(request.POST or None, policy=policy())
    if request.method == "POST" and form.is_valid():
        changes = form.changes()
        if changes:
            change_policy(actor=request.user, **changes)
        messages.success(request, _("Saved. It holds from now on; past sales keep their terms."))
        return redirect("studio:desk_policy")
    history = AuditEntry.objects.filter(subject="policy").select_related("actor")[:CHANGES_SHOWN]
    return render(request, "studio/desk/policy.html", {"form": form, "history": history})
