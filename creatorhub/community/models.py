"""What the audience says back: reports, and what staff decided about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creatorhub.shops.models import Listing, PostPage, Shop


class Report(models.Model):
    """Somebody says that something should not be here."""

    class Reason(models.TextChoices):
        COUNTERFEIT = "counterfeit", _("It is a fake or a copy")
        PROHIBITED = "prohibited", _("It is not allowed to be sold")
        MISLEADING = "misleading", _("It misleads buyers")
        HATEFUL = "hateful", _("It is hateful or violent")
        PRIVACY = "privacy", _("It shows somebody's private life")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        TAKEN_DOWN = "taken_down", _("Taken down")
        KEPT = "kept", _("Kept")

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="reports")
    listing = models.ForeignKey(Listing, null=True, blank=True, on_delete=models.CASCADE)
    post = models.ForeignKey(PostPage, null=True, blank=True, on_delete=models.CASCADE)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    text = models.TextField(blank=True)
    reporter_email = models.EmailField(blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision_note = models.TextField(blank=True, help_text="Shown to the shop")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | ~Q(state="open"),
                name="open_report_is_undecided",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shop}: {self.reason}"
