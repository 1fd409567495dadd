"""Way 3: files to keep."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from creatorhub.offers.access.engine import ACCESS
from creatorhub.offers.way import Way

DOWNLOADS = Way(
    key="downloads",
    engine=ACCESS,
    name=_("Downloads"),
    pitch=_("Sell files: books, patterns, presets, music. Buyers keep them in their library."),
    first_step=_("Upload your first file"),
    icon="download",
    fields=("title", "price", "compare_at", "files", "description"),
)
