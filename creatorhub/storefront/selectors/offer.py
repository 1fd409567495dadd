"""What sharing a listing earns."""

from __future__ import annotations

from creatorhub.affiliates.models import Programme
from creatorhub.shops.models import Listing


def share_offer(listing: Listing | None) -> int | None:
    """The rate in basis points that a new member is promised; None when nobody may join."""
    if listing is None:
        return None
    return (
        Programme.objects.filter(shop_id=listing.shop_id, state=Programme.State.OPEN)
        .values_list("rate_bps", flat=True)
        .first()
    )
