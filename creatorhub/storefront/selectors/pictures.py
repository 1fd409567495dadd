"""The first picture of many listings at once."""

from __future__ import annotations

from collections.abc import Sequence

from creatorhub.shops.models import ListingPicture
from creatorhub.shops.selectors import PictureSources, image_sources

Picture = PictureSources


def first_pictures(listing_ids: Sequence[int]) -> dict[int, Picture]:
    """By listing; those without a picture are missing. Two queries, or none for no listing."""
    if not listing_ids:
        return {}
    rows = (
        ListingPicture.objects.filter(listing_id__in=set(listing_ids))
        .select_related("image", "listing")
        .prefetch_related("image__renditions")
        .order_by("listing_id", "position", "id")
        .distinct("listing_id")
    )
    found = {
        row.listing_id: image_sources(row.image, alt=row.alt or row.listing.title, pk=row.pk)
        for row in rows
    }
    return {pk: sources for pk, sources in found.items() if sources is not None}
