"""The rows every engine shares, and the engines' own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from oscar.apps.order.models import Line

from creatorhub.offers.access.models import DownloadFile
from creatorhub.offers.goods.models import Fulfilment
from creatorhub.shops.models import Listing

__all__ = ["DownloadFile", "Fulfilment", "Grant"]


class Grant(models.Model):
    """The right of a buyer to reach content, bought with one order line."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="grants")
    order_line = models.OneToOneField(Line, on_delete=models.PROTECT, related_name="grant")
    email = models.EmailField(help_text="Who bought it; claimed into an account by this address")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="grants",
    )
    token = models.CharField(max_length=40, unique=True, help_text="Opens it without an account")
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(Lower("email"), name="grant_by_email")]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | ~Q(revoked_reason=""),
                name="revoked_grant_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.listing}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None
