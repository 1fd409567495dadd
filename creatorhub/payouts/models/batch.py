"""Payments that people hand to a bank."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PayoutBatch(models.Model):
    """The bank payments of one run in one currency: draft → prepared → approved → sent → closed.

    Whoever prepared it never approves it. A refused one gives all its money back to its payees.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("To be looked through")
        PREPARED = "prepared", _("Waits for a second person")
        APPROVED = "approved", _("May be handed to the bank")
        SENT = "sent", _("At the bank")
        CLOSED = "closed", _("Settled")
        REFUSED = "refused", _("Refused")

    run = models.ForeignKey("payouts.PayoutRun", on_delete=models.PROTECT, related_name="batches")
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    drafted_at = models.DateTimeField()
    file_hash = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the file as prepared"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True, help_text="Why it was refused")

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "payout batches"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "currency"],
                condition=Q(state="draft"),
                name="one_draft_batch_per_run_and_currency",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="batch_is_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "sent", "closed"])
                | Q(approved_at__isnull=False),
                name="batch_goes_out_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.currency} {self.pk}"
