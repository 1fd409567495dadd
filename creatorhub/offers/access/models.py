"""What a grant opens."""

from __future__ import annotations

from django.core.files.storage import Storage, storages
from django.db import models

from creatorhub.shops.models import Listing


def private_storage() -> Storage:
    """Goods never lie where a web server could reach them."""
    return storages["private"]


class DownloadFile(models.Model):
    """A file that buyers of a listing may download."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(storage=private_storage, upload_to="goods/", max_length=200)
    name = models.CharField(max_length=150, help_text="What the buyer sees and saves")
    size = models.PositiveBigIntegerField(help_text="Bytes")
    sha256 = models.CharField(max_length=64)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        app_label = "offers"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
