"""What a buyer may open."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.models import Grant


def library_of(user: Any) -> QuerySet[Grant]:
    """Everything this person bought that is still theirs, newest first."""
    return (
        Grant.objects.filter(user=user, revoked_at=None)
        .select_related("listing__shop", "order_line__order")
        .order_by("-granted_at", "-id")
    )


def grants_of_order(order: Any) -> QuerySet[Grant]:
    """What one order opened, for its receipt and its page."""
    return Grant.objects.filter(order_line__order=order).select_related("listing__shop")


def files_of_listing(listing: Any) -> QuerySet[DownloadFile]:
    """What a new buyer gets."""
    return DownloadFile.objects.filter(listing=listing, removed_at=None)


def files_of_grant(grant: Grant) -> QuerySet[DownloadFile]:
    """What this buyer may open: today's files, and those taken out after they bought."""
    return DownloadFile.objects.filter(listing=grant.listing_id).filter(
        Q(removed_at=None) | Q(removed_at__gt=grant.granted_at)
    )
