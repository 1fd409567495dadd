"""Reports as staff read them, and what may be reported."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from creatorhub.community.models import Report
from creatorhub.shops.models import Listing, PostPage, Shop

KINDS = ("shop", "listing", "post")


def reportable(*, kind: str, pk: int) -> Shop | Listing | PostPage:
    """What everyone can see, and so can report. Http404 for anything else."""
    found: Shop | Listing | PostPage | None = None
    visible = {"state": Shop.State.OPEN, "taken_down_at": None}
    if kind == "shop":
        found = Shop.objects.filter(pk=pk, **visible).first()
    elif kind == "listing":
        found = (
            Listing.objects.filter(pk=pk, state=Listing.State.PUBLISHED)
            .filter(**{f"shop__{name}": value for name, value in visible.items()})
            .select_related("shop")
            .first()
        )
    elif kind == "post":
        found = PostPage.objects.live().filter(pk=pk).first()
    if found is None:
        raise Http404(kind)
    return found


def reports(*, open_only: bool) -> QuerySet[Report]:
    """Reports with all that a list shows; the open ones oldest first, so nobody waits longest."""
    rows = Report.objects.select_related("shop__owner", "listing", "post", "decided_by")
    if open_only:
        return rows.filter(state=Report.State.OPEN).order_by("created_at")
    return rows.exclude(state=Report.State.OPEN).order_by("-decided_at")
