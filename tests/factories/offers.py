"""Files to download, for tests, added through the real service."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.access.services import add_file
from creatorhub.shops.models import Listing


def a_file(
    *, listing: Listing, name: str = "planner.pdf", content: bytes = b"%PDF-1.7 planner"
) -> DownloadFile:
    """One file of a listing."""
    return add_file(listing=listing, upload=SimpleUploadedFile(name, content))
